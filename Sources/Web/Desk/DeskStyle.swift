extension PageStyle {
  /// The desk: a list to read down, a card to read whole, its decision beside it. Contrast at least 7:1
  /// for text in both schemes; targets 44 pixels high; nothing moves.
  static let desk = PageStyle(
    """
    :root{color-scheme:light dark;--ink:#17191c;--soft:#4a5058;--line:#c9ced6;--page:#f4f5f7;\
    --paper:#fff;--deed:#0b4a9e;--on:#fff;--bad:#8f1414;--warn:#6b4a00;--ok:#0d5a2c}
    *{box-sizing:border-box}
    body{margin:0;font:1rem/1.55 system-ui,sans-serif;color:var(--ink);background:var(--page)}
    .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);\
    padding:.75rem}
    header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:center;padding:.25rem 1.25rem;\
    background:var(--paper);border-bottom:1px solid var(--line)}
    header a,.filters a{display:inline-block;padding:.6rem .4rem;color:inherit;\
    text-decoration:none;min-height:2.75rem}
    header a:hover,.filters a:hover{text-decoration:underline}
    .brand{font-weight:800;letter-spacing:.04em}nav a[aria-current],.who a[aria-current]\
    {font-weight:700;box-shadow:inset 0 -3px var(--deed)}
    .who{margin-left:auto;color:var(--soft)}
    .banner{margin:0;padding:.5rem 1.25rem;background:#fff3cf;color:#4a3500}
    .banner.stop{background:#8f1414;color:#fff}.banner p{margin:0}.banner a{color:inherit}
    .halt summary{list-style:none;border:2px solid var(--bad);border-radius:.4rem;\
    color:var(--bad);padding:.45rem .8rem;min-height:2.75rem}.halt[open]{flex-basis:100%;\
    padding:0 0 .75rem}.halt form,section>form:not(.wide-form){max-width:34rem}.halt form{margin:.5rem 0 0}
    button.halting{color:#fff;background:#8f1414;border-color:#8f1414}
    main{max-width:76rem;margin:0 auto;padding:1.25rem;overflow-wrap:anywhere}
    h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 .75rem}
    h2{font-size:1rem;margin:0 0 .4rem}
    a{color:var(--deed)}a:focus-visible,button:focus-visible,input:focus-visible,\
    select:focus-visible,textarea:focus-visible,summary:focus-visible\
    {outline:3px solid var(--deed);outline-offset:2px}
    .writing{display:flex;flex-wrap:wrap;gap:0 1.2rem;margin:0 0 .4rem}\
    .writing a{display:inline-block;padding:.6rem 0;font-weight:600}\
    .undo{margin:0 0 1rem;padding:.7rem 1rem;background:var(--paper);\
    border:1px solid var(--line);border-left:5px solid var(--ok);border-radius:.5rem}\
    .undo ul{list-style:none;margin:0;padding:0}.undo li{display:flex;flex-wrap:wrap;gap:.2rem 1rem;\
    align-items:center;justify-content:space-between;padding:.4rem 0}.undo li p{flex:1 1 18rem}\
    .undo .together{margin:0}.narrow{margin:-.4rem 0 .6rem}.narrow>form{margin:.4rem 0}\
    .holds details{padding:0 0 0 .8rem;border-left:3px solid var(--line)}\
    form.compose{max-width:44rem;margin:1rem 0 0}.error a{display:inline-block;padding:.6rem 1rem .6rem 0}
    .filters{margin:0 0 .6rem -.4rem;display:flex;flex-wrap:wrap;gap:0 1rem}
    .number+:not(.number){padding-left:1.2rem}main ul:not([class]){padding-left:1.2rem;margin:.3rem 0}
    .cards{list-style:none;margin:0;padding:0;display:grid;gap:.6rem}
    .cards li,.card,aside,.empty,.list{background:var(--paper);border:1px solid var(--line);\
    border-radius:.5rem;padding:.9rem 1.1rem}
    .cards h2{font-size:1.1rem;margin:0}.cards h2 a{text-decoration:none}.cards h2 a:hover\
    {text-decoration:underline}.about{margin:.1rem 0 .4rem;color:var(--soft)}
    .amount{font-weight:700;color:var(--ink)}.facts{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:0;color:var(--soft);font-size:.95rem}
    .risk{font-weight:700}.risk.low{color:var(--ok)}.risk.medium{color:var(--warn)}\
    .risk.high,.risk.critical{color:var(--bad)}
    .action{display:grid;gap:1rem;grid-template-columns:minmax(0,1fr) 21rem;align-items:start}
    aside{position:sticky;top:1rem;display:grid;gap:.35rem}aside>.main{margin:0 0 .5rem}
    section{margin:1.1rem 0 0;padding:1rem 0 0;border-top:1px solid var(--line)}
    section h2{font-size:.85rem;letter-spacing:.05em;text-transform:uppercase;color:var(--soft)}
    section p{margin:.3rem 0}
    dl{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:.2rem .8rem;margin:.3rem 0}
    dt{color:var(--soft)}dd{margin:0}
    pre{font:.95rem/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;\
    margin:.5rem 0;padding:.8rem 1rem;background:var(--page);border-left:4px solid var(--line)}
    .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
    th,td{text-align:left;padding:.35rem .8rem .35rem 0;vertical-align:top;\
    border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:600;\
    white-space:nowrap}
    .number{text-align:right;font-variant-numeric:tabular-nums}
    .mail iframe{width:100%;height:26rem;border:1px solid var(--line);background:#fff;\
    margin-top:.6rem}
    summary{cursor:pointer;padding:.6rem 0;font-weight:600}
    form{margin:0;display:grid;gap:.5rem}label{font-weight:600}.check{font-weight:400}
    input:not([type=hidden]):not([type=checkbox]),select,textarea{font:inherit;width:100%;\
    min-height:2.75rem;padding:.5rem .6rem;border:1px solid #6b7280;border-radius:.35rem;\
    color:inherit;background:var(--paper)}
    button{font:inherit;font-weight:700;min-height:2.75rem;padding:.5rem 1rem;\
    border:2px solid var(--deed);border-radius:.4rem;color:var(--deed);background:var(--paper);\
    cursor:pointer}
    button.primary{color:var(--on);background:var(--deed)}
    button.danger{color:var(--bad);border-color:var(--bad)}
    .hint{margin:0;color:var(--soft);font-size:.95rem}
    .error{border-left:5px solid var(--bad);padding:.3rem .8rem;color:var(--bad);margin:0}
    .error p{margin:.2rem 0 0}.notice{border-left:5px solid var(--ok);padding:.3rem .8rem;margin:0}
    .code{font:.95rem/1.5 ui-monospace,monospace}\
    .cards h3{margin:0}.more{text-align:center}nav{display:flex;flex-wrap:wrap;gap:0 .5rem}
    .list td,.list th{min-width:6.5rem;overflow-wrap:break-word}.list th.number,\
    .list td.number{min-width:0}.list summary{font-weight:400;padding:0}\
    .list details{min-width:11rem;overflow-wrap:anywhere}.list time{white-space:nowrap}\
    .list+.hint,.figures+.hint{margin:.7rem 0 0}h3{font-size:1rem;margin:.8rem 0 .2rem}
    .search{display:grid;gap:.6rem 1rem;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));\
    align-items:end;margin:0 0 1rem}code{font:.95rem/1.5 ui-monospace,monospace}
    .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.8rem}
    .figures>div{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;\
    padding:.7rem 1rem}.figures summary{font-weight:400;color:var(--soft);font-size:.95rem}\
    .figures strong{font-size:1.6rem;font-variant-numeric:tabular-nums}
    .wide:focus-visible{outline:3px solid var(--deed);outline-offset:2px}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;\
    clip-path:inset(50%);white-space:nowrap}
    .cards li{position:relative}.choose{position:absolute;top:0;right:0;padding:.75rem .9rem}
    .choose input{width:1.4rem;height:1.4rem;margin:0}.choose~h2{padding-right:2.6rem}
    .together{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:.6rem 0 0}
    .live{position:fixed;right:1rem;bottom:1rem;margin:0;z-index:1;background:var(--deed);\
    border-radius:.4rem;max-width:calc(100% - 2rem)}.live:empty{visibility:hidden}\
    .live a{display:inline-block;padding:.6rem 1rem;color:var(--on)}\
    .cards .gone,.gone aside{background:var(--page)}.gone h2 a{color:var(--soft);\
    text-decoration:line-through}.gone aside button{color:var(--soft);background:var(--page);\
    border-color:var(--line)}\
    .said{margin:.3rem 0 0;font-weight:600}
    dialog{width:min(40rem,calc(100% - 2rem));max-height:85vh;overflow:auto;padding:1.1rem;\
    color:var(--ink);background:var(--paper);border:1px solid var(--line);border-radius:.6rem}\
    dialog::backdrop{background:rgb(0 0 0/.55)}dialog dl{\
    grid-template-columns:6.5rem minmax(0,1fr)}dialog .check{display:block;padding:.6rem 0}\
    kbd{font:.9rem ui-monospace,monospace;border:1px solid;border-radius:.25rem;\
    padding:.05rem .35rem;white-space:nowrap}.find{font-weight:400}\
    .palette ul[role=listbox]{list-style:none;margin:.6rem 0;padding:0;max-height:20rem;\
    overflow:auto}.palette ul:empty{display:none}[role=option]{display:flex;flex-wrap:wrap;\
    gap:.2rem .8rem;align-items:center;padding:.4rem .6rem;min-height:2.75rem;cursor:pointer;\
    border-radius:.35rem}[role=option][aria-selected=true]{color:var(--on);\
    background:var(--deed)}[role=option]>:first-child{flex:1}.answer ul{padding-left:1.2rem}\
    .answer p,.answer h2{margin:.5rem 0}.answer a{display:inline-block;padding:.6rem 0}\
    dialog button{margin-top:.8rem}
    @media(min-width:52.01rem){header nav{order:2;flex-basis:100%;margin-left:-.4rem}\
    .who{margin:0}.find,.halt{order:1;margin-left:auto}.find~.halt{margin-left:0}\
    .halt[open]{order:3;margin:0}main>h1:has(+.writing){float:left;margin:.5rem 2rem .4rem 0}\
    .writing+*{clear:both}main form button{justify-self:start}\
    aside form button{justify-self:stretch}}
    @media(max-width:52rem){.action{grid-template-columns:minmax(0,1fr)}aside{position:static}\
    main{padding:.75rem}dl{grid-template-columns:minmax(0,1fr)}dt{font-size:.9rem}\
    header{padding:.25rem .75rem}header nav{order:2;flex:1 0 100%;\
    max-width:100%;flex-wrap:nowrap;overflow-x:auto;scrollbar-width:thin}header nav a{flex:none}\
    .who{order:3;margin:0}\
    .halt{order:1;margin-left:auto}.halt[open]{order:4;margin:0}}
    @media(max-width:40rem){.stacks thead{position:absolute;left:-99rem}.stacks tr{display:block;\
    padding:.5rem 0;border-bottom:1px solid var(--line)}.stacks td{display:block;border:0;\
    padding:.1rem 0}.list time{white-space:normal}}
    @media(prefers-color-scheme:dark){:root{--ink:#eef0f3;--soft:#b9c0ca;--line:#3a4049;\
    --page:#121417;--paper:#1b1e23;--deed:#a9c8ff;--on:#0b1220;--bad:#ffb0a8;--warn:#ffd98a;\
    --ok:#9be3b4}.banner{background:#3d3000;color:#ffe9ae}.banner.stop{background:#7a1010}}
    @page{margin:1.5cm}@media print{:root{color-scheme:light;--ink:#000;--soft:#333;--line:#999;\
    --page:#fff;--paper:#fff;--deed:#000;--bad:#000;--warn:#000;--ok:#000}\
    body{background:#fff;font-size:10.5pt}header,aside,.skip,nav,.filters,.banner:not(.stop),.live,.mail,form,\
    button,details:has(>form),dialog,.writing,.narrow,.holds,.undo,.more,.choose,.together{display:none!important}\
    form:has(>.cards){display:block!important}.banner.stop{color:#000;background:#fff;\
    border:2px solid}main{max-width:none;padding:0}.action{display:block}.card,.cards li,.list,\
    .empty,.figures>div{border:0;padding:0;margin:0 0 .8rem;background:none}.cards{display:block}\
    .wide{overflow:visible}.list table{table-layout:fixed}.list th:nth-child(n+6):last-child{width:30%}.list td,.list th{min-width:0;overflow-wrap:anywhere}\
    .list details{min-width:0}.list time{white-space:normal}dl{grid-template-columns:8.5rem minmax(0,1fr)}.wide,td,th,pre,dd,a{overflow-wrap:anywhere;\
    white-space:pre-wrap}td,th{white-space:normal}pre{background:none}\
    details::details-content{content-visibility:visible;height:auto}\
    h1,h2,h3{break-after:avoid}tr,.cards li,dt{break-inside:avoid}thead{display:table-header-group}\
    a{color:inherit}}
    """)
}
