import Insights

/// The templates that come with AIOM, in the two languages that a person has reviewed.
enum ShippedTemplates {
  /// By template name, then language.
  static let all: [String: [String: PartialSource]] = [
    TemplateCatalogue.invoiceReminder.name: [
      "en": PartialSource(InvoiceReminderLetter.english.source),
      "de": PartialSource(InvoiceReminderLetter.german.source),
    ],
    TemplateCatalogue.paymentConfirmation.name: [
      "en": PartialSource(PaymentConfirmationLetter.english.source),
      "de": PartialSource(PaymentConfirmationLetter.german.source),
    ],
    TemplateCatalogue.dealFollowUp.name: [
      "en": PartialSource(DealFollowUpLetter.english.source),
      "de": PartialSource(DealFollowUpLetter.german.source),
    ],
    TemplateCatalogue.dealCheckIn.name: [
      "en": PartialSource(DealCheckInLetter.english.source),
      "de": PartialSource(DealCheckInLetter.german.source),
    ],
    TemplateCatalogue.taskNotification.name: [
      "en": PartialSource(TaskNotificationLetter.english.source),
      "de": PartialSource(TaskNotificationLetter.german.source),
    ],
    TemplateCatalogue.personNotice.name: [
      "en": PartialSource(PersonNoticeLetter.english.source),
      "de": PartialSource(PersonNoticeLetter.german.source),
    ],
    TemplateCatalogue.briefing.name: [
      "en": PartialSource(BriefingLetter.english.source),
      "de": PartialSource(BriefingLetter.german.source),
    ],
    TemplateCatalogue.criticalAlert.name: [
      "en": PartialSource(CriticalAlertLetter.english.source),
      "de": PartialSource(CriticalAlertLetter.german.source),
    ],
    TemplateCatalogue.customMessage.name: [
      "en": PartialSource(CustomMessageLetter.english.source),
      "de": PartialSource(CustomMessageLetter.german.source),
    ],
  ]
}
