extension PageScript {
  /// Lets the time run in which an approval can be taken back: `data-left` says how many milliseconds
  /// were left when the server wrote the page. The clock of the browser does not matter.
  static let clock = PageScript(
    #"""
    (()=>{"use strict";
    const clocks=[...document.querySelectorAll("[data-left]")];
    if(!clocks.length)return;
    const page=performance.getEntriesByType("navigation")[0],begun=page?page.responseStart:0;
    const words=seconds=>seconds<60?`${seconds} s left`:
    `${Math.floor(seconds/60)} min ${seconds%60} s left`;
    const tick=()=>{
    const gone=performance.now()-begun;let runs=false;
    for(const one of clocks){
    const left=Math.ceil((Number(one.dataset.left)-gone)/1000);
    one.textContent=left>0?words(left):"the time is over";runs=runs||left>0}
    if(runs)setTimeout(tick,250)};
    tick()})();
    """#)
}

extension HTML {
  /// Where a clock runs down, with scripts; without them the fixed time beside it says it.
  mutating func clock(milliseconds left: Int64) {
    element(
      "span", [("class", "clock"), ("role", "timer"), ("data-left", "\(max(0, left))")], text: "")
  }
}
