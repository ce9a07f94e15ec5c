import HTTPTypes
import Hummingbird

/// The one style sheet: light and dark, wide and narrow.
enum OutboxStyle {
  static var response: Response {
    var response = Response.bytes(Array(sheet.utf8), type: "text/css; charset=utf-8")
    response.headers[.cacheControl] = "no-cache"
    response.headers[.xContentTypeOptions] = "nosniff"
    return response
  }

  private static let sheet = """
    :root { color-scheme: light dark;
      --page: light-dark(#f5f6f8, #14171c); --card: light-dark(#fff, #1d2128);
      --ink: light-dark(#1b1f27, #e6e9ef); --muted: light-dark(#5c6675, #98a2b3);
      --line: light-dark(#e1e5eb, #2c323c); --accent: light-dark(#1f5fbf, #8ab4f8);
      --good: light-dark(#176b3a, #7fd6a2); --good-back: light-dark(#e2f4e9, #17382a);
      --wait: light-dark(#7a5200, #f0c66b); --wait-back: light-dark(#fdf1d8, #3b2f14);
      --bad: light-dark(#a3241d, #ff9d94); --bad-back: light-dark(#fde8e6, #451f1c); }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
    a { color: var(--accent); }
    code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
      font-size: 13px; }
    .inner, main { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
    .top { background: var(--card); border-bottom: 1px solid var(--line); }
    .top .inner { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 24px;
      padding-top: 12px; padding-bottom: 12px; }
    .brand { font-weight: 650; color: var(--ink); text-decoration: none; }
    .top nav { display: flex; gap: 18px; }
    .top nav a { text-decoration: none; padding: 2px 0; border-bottom: 2px solid transparent; }
    .top nav a[aria-current] { color: var(--ink); border-color: var(--accent); }
    .top b { font-size: 12px; padding: 1px 7px; border-radius: 9px; background: var(--page);
      color: var(--muted); }
    .note { margin-left: auto; color: var(--muted); font-size: 13px; }
    main { padding-top: 20px; padding-bottom: 60px; }
    .bar { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center;
      gap: 8px; margin-bottom: 12px; color: var(--muted); }
    .bar form { display: flex; gap: 8px; }
    .button { display: inline-block; padding: 5px 12px; border: 1px solid var(--line);
      border-radius: 7px; background: var(--card); color: var(--ink); font: inherit;
      font-size: 14px; text-decoration: none; cursor: pointer; }
    .button:hover, .button:focus-visible { border-color: var(--accent); }
    .danger { color: var(--bad); }
    .list { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
      overflow: hidden; }
    .row { display: grid; grid-template: "subject status time" "to operation operation"
        / minmax(0, 1fr) auto auto;
      gap: 2px 16px; align-items: baseline; padding: 10px 16px; color: inherit;
      text-decoration: none; border-top: 1px solid var(--line); }
    .row:first-child, .sms:first-child { border-top: 0; }
    thead th { border-top: 0; }
    .row:hover, .row:focus-visible { background: light-dark(#f0f4fb, #232a35); }
    .row > *, .who { min-width: 0; overflow: hidden; text-overflow: ellipsis;
      white-space: nowrap; }
    .subject { grid-area: subject; font-weight: 550; }
    .to { grid-area: to; display: flex; gap: 6px; color: var(--muted); }
    .status { grid-area: status; justify-self: end; }
    .row time { grid-area: time; }
    .operation { grid-area: operation; text-align: right; }
    .more { flex: none; }
    .more, .muted, time, .operation { color: var(--muted); }
    time { font-size: 13px; text-align: right; font-variant-numeric: tabular-nums; }
    .badge { display: inline-block; padding: 1px 9px; border-radius: 10px; font-size: 12.5px;
      background: var(--page); color: var(--muted); }
    .badge.delivered { background: var(--good-back); color: var(--good); }
    .badge.scheduled, .badge.processed, .badge.failed, .badge.silent {
      background: var(--wait-back); color: var(--wait); }
    .badge.rejected, .badge.bounced, .badge.given_up, .badge.not_loopback {
      background: var(--bad-back); color: var(--bad); }
    input[type=search] { min-width: 0; width: 220px; padding: 5px 10px; font: inherit;
      font-size: 14px; color: var(--ink); background: var(--card);
      border: 1px solid var(--line); border-radius: 7px; }
    .search { margin-left: auto; }
    .section { margin: 26px 0 10px; font-size: 15px; color: var(--muted); }
    .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
      padding: 10px 16px; }
    .scroll { overflow-x: auto; }
    .files { margin: 0; padding-left: 20px; overflow-wrap: anywhere; }
    .pager { display: flex; gap: 14px; justify-content: center; align-items: center;
      margin-top: 16px; color: var(--muted); }
    .sms { padding: 14px 16px; border-top: 1px solid var(--line); }
    .sms header { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; }
    .sms time { margin-left: auto; }
    .sms p { margin: 6px 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    .sms footer { color: var(--muted); font-size: 13px; }
    .empty, .message { background: var(--card); border: 1px solid var(--line);
      border-radius: 10px; padding: 24px; }
    .empty { max-width: 720px; margin: 40px auto; }
    .empty h2 { margin-top: 0; }
    pre { margin: 8px 0; padding: 12px 14px; border-radius: 8px; background: var(--page);
      border: 1px solid var(--line); overflow-x: auto; }
    pre.body { white-space: pre-wrap; overflow-wrap: anywhere; }
    .back { margin: 0 0 12px; }
    .back a { text-decoration: none; }
    .message h1 { margin: 0 0 14px; font-size: 21px; line-height: 1.3; overflow-wrap: anywhere; }
    .message h2 { margin: 22px 0 8px; font-size: 15px; color: var(--muted); }
    .facts { display: grid; grid-template-columns: max-content 1fr; gap: 3px 18px; margin: 0; }
    .facts dt { color: var(--muted); }
    .facts dd { margin: 0; overflow-wrap: anywhere; }
    iframe { display: block; width: 100%; height: 460px; border: 1px solid var(--line);
      border-radius: 8px; background: #fff; color-scheme: light; resize: vertical; }
    details { margin-top: 18px; }
    summary { cursor: pointer; color: var(--muted); }
    table { border-collapse: collapse; width: 100%; margin-top: 8px; }
    th, td { text-align: left; vertical-align: top; padding: 5px 14px 5px 0; font-size: 14px;
      border-top: 1px solid var(--line); overflow-wrap: anywhere; }
    th { color: var(--muted); font-weight: 500; white-space: nowrap; }
    .scroll th, .scroll td { white-space: nowrap; overflow-wrap: normal; }
    .warning { margin: 0 0 14px; padding: 10px 14px; border-radius: 8px;
      background: var(--wait-back); color: var(--wait); }
    @media (max-width: 760px) {
      .note { margin-left: 0; width: 100%; }
      .row { grid-template: "subject subject" "to to" "operation operation" "time status"
          / minmax(0, 1fr) auto; }
      .row .subject, .row .operation { white-space: normal; overflow-wrap: anywhere; }
      .operation, .row time { text-align: left; }
      .bar form { width: 100%; }
      .bar form:last-child { justify-content: space-between; }
      input[type=search] { flex: 1; }
      .sms time { margin-left: 0; width: 100%; text-align: left; }
      .facts { grid-template-columns: 1fr; }
      .facts dd { margin-bottom: 6px; }
      .message, .empty { padding: 16px; }
    }
    """
}
