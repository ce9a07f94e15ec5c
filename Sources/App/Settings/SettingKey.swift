/// The name of a setting: the environment variable.
enum SettingKey: String, CaseIterable, Sendable {
  case home = "AIOM_HOME"
  case database = "AIOM_DB"
  case organisation = "AIOM_ORG"
  case delivery = "AIOM_DELIVERY"
  case redirectEmail = "AIOM_REDIRECT_EMAIL"
  case redirectPhone = "AIOM_REDIRECT_PHONE"
  case ledgerMaximumAge = "AIOM_LEDGER_MAX_AGE"
  case logLevel = "AIOM_LOG_LEVEL"
  case logFormat = "AIOM_LOG_FORMAT"
  case leaseSeconds = "AIOM_LEASE_SECONDS"
  case workers = "AIOM_WORKERS"
  case apiKey = "SMTP2GO_API_KEY"
  case senderEmail = "SMTP2GO_SENDER_EMAIL"
  case smsSender = "SMTP2GO_SMS_SENDER"
  case region = "SMTP2GO_REGION"
  case url = "SMTP2GO_URL"
}
