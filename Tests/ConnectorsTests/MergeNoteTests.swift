import Testing

@testable import Connectors

@Suite struct MergeNoteTests {
  /// The first is what a real Odoo 19 wrote on 2026-11-24.
  @Test(
    arguments: [
      (
        "<p>Merged with the following partners: Merge B 'quoted', &lt;b&gt; (ID 42) "
          + "&lt;m@merge.example&gt; (ID 45)</p>", [45]
      ),
      (
        "<p>Merged with the following partners: A &lt;n/a&gt; (ID 45) and "
          + "B &lt;b@x.example&gt; (ID 42)</p>", [42, 45]
      ),
      ("<p>Merged with the following partners: Acme  (ID 45), B (ID 42)</p>", [42, 45]),
      ("<p>已合并：A &lt;a@x.example&gt;（识别码 45）</p>", [45]),
      ("<p>Merged with the following partners: A &lt;a@x.example&gt; (ID 145)</p>", []),
      ("<p>Merged with the following partners: A &lt;a@x.example&gt; (ID 4)</p>", []),
      ("<p>Call (tel. <b>1</b> 45) &lt;a@x.example&gt;</p>", []),
      ("", []),
    ] as [(String, Set<Int64>)])
  func `a note names those that were merged, by id`(_ body: String, _ ids: Set<Int64>) {
    #expect(Set([5, 14, 42, 45].filter { MergeNote.names($0, in: body) }) == ids)
  }
}
