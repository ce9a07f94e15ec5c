import ArgumentParser

struct JobCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job",
    abstract: "What is done again and again by itself: list, run, pause, set, look back.",
    discussion: Examples.after(
      """
      `aiom serve` and `aiom worker` run jobs on their schedules: of all processes on a database one
      starts them, and when it dies another goes on within seconds. A job never overlaps itself; one
      that fails is tried again after 1, 2, 4 … minutes, at most an hour.

        expire              ends what nobody decided or carried out in time
        reconcile           sees that calls of unknown outcome are looked for
        sync                takes over what changed in the organisation's Odoo
        financial_analysis  looks for overdue invoices and proposes what to do; keeps findings
        sales_analysis      looks for stalled deals and proposes to take them up again; the same
        task_analysis       looks at tasks and projects; keeps findings
        briefing            composes the morning's briefing (aiom briefing show)
        evening_summary     composes the evening's
        notices             tells persons by e-mail what waits for them
        retention           erases what is kept for a limited time

      Schedules have the five fields of cron and are read on the organisation's clocks: what a
      spring change leaves out happens right after it, what an autumn change repeats happens once.
      """,
      "aiom job list", "aiom job run financial_analysis",
      "aiom job set financial_analysis --schedule \"0 7-18 * * MON-FRI\"",
      "aiom job pause financial_analysis", "aiom job history --job retention"),
    subcommands: [
      JobListCommand.self, JobRunCommand.self, JobPauseCommand.self, JobResumeCommand.self,
      JobSetCommand.self, JobHistoryCommand.self,
    ])
}
