extension PageScript {
  /// Single keys for what a page offers anyway: each presses, opens or goes to something that carries
  /// `data-key`. None works in a field, with another key held, or once switched off; for what has a high
  /// risk the button is only brought to hand. `?` lists them.
  static let keys = PageScript(
    #"""
    (()=>{"use strict";
    const make=(name,words="",set={})=>{const one=document.createElement(name);one.textContent=words;
    for(const[key,value]of Object.entries(set))one.setAttribute(key,value);return one};
    const main=document.querySelector("main");
    const remembered={get:()=>{try{return localStorage.getItem("aiom-keys")!=="off"}catch{return true}},
    set:on=>{try{localStorage.setItem("aiom-keys",on?"on":"off")}catch{}}};
    const label=one=>(one.dataset.says||(one.matches("details")?one.querySelector("summary"):one)
    .textContent).replace(/\s*…$| \d+$/,"").trim();
    const open=one=>{
    if(one.matches("details")){one.open=true;
    (one.hasAttribute("data-group")?one.querySelector("summary"):
    one.querySelector("textarea,select,input:not([type=hidden])")||
    one.querySelector("button")||one).focus()}
    else one.focus();
    one.scrollIntoView({block:"nearest"})};
    // Pressed twice in a list, the second of them is not meant for a card that nobody has read.
    const led=location.hash.startsWith("#key-");
    const press=one=>{
    if(one.matches("a"))one.click();
    else if(led&&performance.now()<1500)open(one);
    else if(one.matches("button")&&one.hasAttribute("data-at-once")){
    // Twice in a breath is once: the second would only be told that it comes too late.
    const now=performance.now(),form=one.form;
    if(one.disabled||one.closest("[inert]")||now-Number(form.dataset.sent||-3000)<3000)return;
    form.dataset.sent=String(now);form.requestSubmit(one)}
    else open(one)};
    const cards=()=>[...main.querySelectorAll(".cards li[data-action] h2 a")];
    const here=()=>document.activeElement.closest(".cards li[data-action]");
    const step=by=>{
    const all=cards(),at=all.indexOf(here()&&here().querySelector("h2 a"));
    const next=all[at<0?(by>0?0:all.length-1):Math.min(all.length-1,Math.max(0,at+by))];
    if(next){next.focus();next.scrollIntoView({block:"nearest"})}};
    const onCard=key=>{
    const card=here();if(!card)return;
    if(key==="x"){const box=card.querySelector("input[type=checkbox]");if(box)box.click()}
    else location.href=card.querySelector("h2 a").href+"#key-"+key};
    const search=()=>{
    const field=main.querySelector("input[type=search]");
    if(field)field.focus();else document.dispatchEvent(new Event("aiom-palette"))};
    const rows=()=>{
    const all=[];
    if(cards().length)all.push(["j, k","next card, card before"],["Enter","open the card in focus"],
    ["x","choose the card in focus"],
    ["a, r, e","open the card in focus at approving, rejecting, changing"],
    ["q, s, h","open it at asking, putting off, holding"]);
    for(const one of main.querySelectorAll("[data-key]"))all.push([one.dataset.key,label(one)+
    (one.matches("button")&&!one.hasAttribute("data-at-once")?" (brings the button to hand)":"")]);
    for(const one of main.querySelectorAll("[data-second]"))
    all.push([one.closest("[data-group]").dataset.key+" then "+one.dataset.second,label(one)]);
    for(const one of document.querySelectorAll("header nav [data-key]"))
    all.push(["g "+one.dataset.key,label(one)]);
    return all.concat([["/","search"],["Ctrl K, ⌘ K","go to a page, find a customer, ask why"],
    ["?","this list"]])};
    const help=()=>{
    const dialog=make("dialog","",{class:"keys","aria-labelledby":"keys-title"});
    dialog.append(make("h2","Keys",{id:"keys-title"}));
    const list=make("dl");
    for(const[key,words]of rows()){const name=make("dt");name.append(make("kbd",key));
    list.append(name,make("dd",words))}
    const box=make("input","",{type:"checkbox",id:"keys-on"});box.checked=remembered.get();
    box.addEventListener("change",()=>remembered.set(box.checked));
    const switching=make("label","",{class:"check"});
    switching.append(box," Single keys work in this browser");
    const close=make("button","Close",{type:"button"});
    close.addEventListener("click",()=>dialog.close());
    dialog.append(list,switching,make("p",
    "No key decides by itself: it presses the button that you see, with the card that you see.",
    {class:"hint"}),close);
    dialog.addEventListener("close",()=>dialog.remove());
    document.body.append(dialog);dialog.showModal();close.focus()};
    document.addEventListener("aiom-keys",help);
    let goes=0;
    document.addEventListener("keydown",event=>{
    if(event.ctrlKey||event.metaKey||event.altKey||event.isComposing||event.defaultPrevented)return;
    if(!remembered.get()||document.querySelector("dialog[open]"))return;
    const typing=event.target.closest("input,textarea,select,[contenteditable]");
    if(typing&&!(typing.matches("input[type=checkbox]")&&event.key!==" "))return;
    const key=event.key;
    if(key.length!==1||(event.repeat&&key!=="j"&&key!=="k"))return;
    if(goes&&performance.now()-goes<1500){goes=0;
    const place=document.querySelector(`nav [data-key="${CSS.escape(key)}"]`);
    if(place){event.preventDefault();place.click()}
    return}
    // Within a list that one key opened, a second one picks.
    const list=document.activeElement.closest("details[data-group][open]");
    const own=list&&list.querySelector(`[data-second="${CSS.escape(key)}"]`)||
    main.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const deed=own?()=>press(own):key==="g"?()=>{goes=performance.now()}:key==="?"?help:
    key==="/"?search:key==="j"?()=>step(1):key==="k"?()=>step(-1):
    "areqshx".includes(key)&&here()?()=>onCard(key):null;
    if(deed){event.preventDefault();deed()}});
    // A card that was opened by a key shows what the key is for; it never presses.
    const asked=/^#key-([a-z])$/.exec(location.hash);
    const wanted=asked&&main.querySelector(`[data-key="${asked[1]}"]`);
    if(asked)history.replaceState(null,"",location.pathname+location.search);
    if(wanted)open(wanted);
    })();
    """#)
}
