extension PageScript {
  /// Keeps a page true while it is open, where `main` says by `data-live` what it shows. It writes text
  /// only, decides nothing, and never moves what somebody reads.
  static let live = PageScript(
    #"""
    (()=>{"use strict";
    const main=document.querySelector("main[data-live]"),line=document.querySelector(".live");
    if(!main||!window.EventSource)return;
    const fresh=new Set(),changed=new Set(),undo=new Set();
    let position=Number(main.dataset.position),stream=null,broken=false,looked=0,later=0,tries=0;
    const make=(name,words)=>{const one=document.createElement(name);one.textContent=words;return one};
    const say=(words,path=location.pathname+location.search)=>{
    if(line.textContent===words)return;
    const one=make("a",words);one.href=path;line.replaceChildren(one)};
    const count=(number,words)=>say(`${number} ${words}: show ${number===1?"it":"them"}`);
    const counts=()=>{
    if(fresh.size)count(fresh.size,"new");
    else if(undo.size)count(undo.size,"approved, can be undone");else line.replaceChildren()};
    const grey=(card,said)=>{
    if(!card.classList.contains("gone")){card.classList.add("gone");
    for(const form of card.querySelectorAll("form"))form.inert=true;
    for(const box of card.querySelectorAll("input")){box.checked=false;box.disabled=true}
    const words=make("p",said);words.className="said";card.append(words);return}
    card.querySelector(".said").textContent=said};
    const stale=said=>{
    for(const form of main.querySelectorAll("aside form"))form.inert=true;
    main.classList.add("gone");
    const query=main.dataset.events.split("?")[1];
    say(said+" Show the card as it is now",location.pathname+(query?"?"+query:""))};
    const card=id=>main.querySelector(`li[data-action="${CSS.escape(id)}"]`);
    const filtered=()=>/[?&](mine|after|snoozed)=/.test(location.search);
    const told={
    inbox(event){
    const one=card(event.action_id),waits=event.status==="pending_approval";
    if(one&&one.closest(".undo")){if(event.standing!==one.dataset.standing)grey(one,event.said);
    return}
    if(event.standing.startsWith("approved/undo_window/")&&main.hasAttribute("data-decides"))
    undo.add(event.action_id);else undo.delete(event.action_id);
    if(one){if(!waits||event.standing!==one.dataset.standing||event.kind==="action.snoozed")
    grey(one,event.said);return}
    if(!waits)fresh.delete(event.action_id);
    else if(event.new){if(filtered())return look();fresh.add(event.action_id)}
    counts()},
    action(event){
    if(event.action_id===main.dataset.action&&event.standing!==main.dataset.standing)
    stale(event.said)},
    list(event){changed.add(event.action_id);
    count(changed.size,changed.size===1?"action changed":"actions changed")}};
    const compare={
    inbox(page){
    const there=new Set([...page.querySelectorAll(".cards li[data-action]")].map(o=>o.dataset.action));
    for(const one of main.querySelectorAll(".cards li[data-action]"))
    if(!there.has(one.dataset.action)&&!one.classList.contains("gone"))
    grey(one,"It does not wait here any more.");
    fresh.clear();for(const id of there)if(!card(id))fresh.add(id);
    undo.clear();for(const one of page.querySelectorAll(".undo li"))
    if(!card(one.dataset.action))undo.add(one.dataset.action);
    counts()},
    action(page){
    if(page.dataset.standing!==main.dataset.standing)stale("It changed meanwhile.")},
    list(){say("Much changed: show it")}};
    // The list is fetched again, at most every ten seconds, and counts as no use of the session.
    const look=()=>{
    clearTimeout(later);
    const wait=looked+10000-performance.now();
    if(looked&&wait>0){later=setTimeout(look,wait);return}
    looked=performance.now();
    fetch(location.href,{headers:{"AIOM-Background":"true","Accept":"text/html"}}).then(async answer=>{
    const page=new DOMParser().parseFromString(await answer.text(),"text/html")
    .querySelector("main[data-live]");
    if(page){position=Math.max(position,Number(page.dataset.position));
    compare[main.dataset.live](page)}}).catch(()=>{})};
    const number=event=>{position=Math.max(position,Number(event.lastEventId))};
    const leave=()=>{if(stream)stream.close();stream=null};
    const join=()=>{
    if(stream||document.hidden)return;
    const path=main.dataset.events;
    stream=new EventSource(`${path}${path.includes("?")?"&":"?"}after=${position}`);
    stream.addEventListener("ready",()=>{main.dataset.told="true";tries=0;
    // What was missed is told; a list of what waits is also held against the server's.
    if(broken&&main.dataset.live!=="list")look();broken=false});
    stream.addEventListener("again",event=>{number(event);look()});
    stream.addEventListener("displaced",()=>{leave();
    say("Newer windows are kept up to date instead of this one: load it again")});
    stream.addEventListener("action",event=>{number(event);
    told[main.dataset.live](JSON.parse(event.data))});
    stream.addEventListener("error",()=>{broken=true;main.dataset.told="false";
    if(stream&&stream.readyState===2){leave();refused()}})};
    // A server that stops or is full refuses for a while; one that knows nobody has said all.
    const refused=async()=>{
    let status=0;
    try{status=(await fetch("/api/v1/me",{headers:{"AIOM-Background":"true"}})).status}catch{}
    if(status===401)say("You are signed out: sign in again","/login");
    else if(tries<6){tries+=1;setTimeout(join,tries*5000)}
    else say("This page is not kept up to date any more: load it again")};
    document.addEventListener("visibilitychange",()=>{
    if(document.hidden)leave();else{broken=true;join()}});
    window.addEventListener("pagehide",leave);
    window.addEventListener("pageshow",event=>{if(event.persisted){broken=true;join()}});
    join()})();
    """#)
}
