extension PageScript {
  /// Ctrl K or ⌘ K: goes to pages, finds customers and what waits for them, and answers why and what
  /// from what their pages say. It asks with GET alone.
  static let palette = PageScript(
    #"""
    (()=>{"use strict";
    const make=(name,words="",set={})=>{const one=document.createElement(name);one.textContent=words;
    for(const[key,value]of Object.entries(set))one.setAttribute(key,value);return one};
    const main=document.querySelector("main"),org=main.dataset.org;
    const inOrg=path=>path+(main.dataset.orgs==="many"?"?org="+encodeURIComponent(org):"");
    const go=path=>()=>{location.href=path};
    const questions={owed:"What is owed",next:"What may be sent next",held:"What is held, and why",
    sent:"What was sent, and why"};
    const plain=text=>text.toLowerCase().replace(/\s+/g," ").trim();
    const asJSON=async path=>{
    const answer=await fetch(path,{headers:{"Accept":"application/json","AIOM-Org":org}});
    if(!answer.ok)throw new Error(answer.status);return answer.json()};
    const asPage=async path=>{
    const answer=await fetch(path,{headers:{"Accept":"text/html"}});
    if(!answer.ok)throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(),"text/html")};
    const lines=part=>[...part.querySelectorAll("h3,p,li,tbody tr")].map(one=>
    one.matches("tr")?[...one.cells].map(cell=>cell.textContent.trim())
    .filter(words=>words&&words!=="Look at the action").join(" · ")
    :one.textContent.trim()).filter(Boolean);
    const commands=()=>{
    const all=[];
    for(const one of main.querySelectorAll("[data-key]"))all.push({
    name:(one.dataset.says||(one.matches("details")?one.querySelector("summary"):one).textContent)
    .replace(/\s*…$/,"").trim(),key:one.dataset.key,
    run(){if(one.matches("a"))one.click();else if(one.matches("details")){one.open=true;
    (one.hasAttribute("data-group")?one.querySelector("summary"):
    one.querySelector("textarea,select,input:not([type=hidden])")||one).focus()}else one.focus()}});
    for(const one of document.querySelectorAll("header nav a"))all.push({
    name:"Go to "+one.textContent.replace(/ \d+$/,"").trim(),
    key:one.dataset.key?"g "+one.dataset.key:"",run:go(one.href)});
    if("proposes" in main.dataset)for(const[name,path]of[["New message","/new/message"],
    ["New follow-up","/new/follow-up"]])
    if(!all.some(one=>one.name===name))all.push({name,key:"",run:go(inOrg(path))});
    all.push({name:"Emergency stop",key:"",run:go(inOrg("/stop"))},
    {name:"Keys: list them, switch them off or on",key:"?",
    run:()=>document.dispatchEvent(new Event("aiom-keys"))});
    return all};
    const wanted=text=>{
    const found=/^(?:why|what)\s+(?:is |was |may be )?(sent|held|owed|next|sent next)\b(?:,? and why)?(?:\s+(?:for|to|by|at))?\s*(.*)$/
    .exec(plain(text).replace(/\?$/,""));
    return found?{topic:found[1]==="sent next"?"next":found[1],rest:found[2].trim()}:{rest:text.trim()}};
    const found=async text=>{
    const {topic,rest}=wanted(text);
    if(rest.length<2)return[];
    const all=(await asJSON("/api/v1/customers?limit=5&q="+encodeURIComponent(rest))).customers;
    const items=[];
    for(const[place,one]of all.entries()){
    const path=inOrg("/customers/"+one.partner_id);
    if(!topic)items.push({name:one.name,note:"customer "+one.partner_id,run:go(path)});
    if(topic||place===0)for(const[name,words]of Object.entries(questions))if(!topic||topic===name)
    items.push({name:`${words}: ${one.name}`,stays:true,run:()=>tell(name,words,one,path)})}
    if(all.length&&!topic){
    const list=await asJSON("/api/v1/actions?limit=5&partner="+all[0].partner_id);
    for(const one of list.actions)items.push({name:one.title,
    note:`${one.action_type} · ${one.status}`.replaceAll("_"," "),
    run:go(inOrg("/actions/"+one.action_id))})}
    return items};
    let dialog,field,list,said,items=[],at=0,asked=0;
    const tell=async(topic,words,customer,path)=>{
    said.replaceChildren(make("p","Looking …"));
    try{
    const page=await asPage(path),parts=[...page.querySelectorAll(`[data-answers="${topic}"]`)];
    const own=parts.flatMap(lines),link=parts.map(part=>part.querySelector("tbody a")).find(Boolean);
    if(topic==="sent"&&link){
    const why=(await asPage(link.getAttribute("href"))).querySelector('[data-part="why"]');
    if(why)own.push("The latest: "+lines(why).slice(0,2).join(" "))}
    said.replaceChildren(make("h2",`${words}: ${customer.name}`));
    const all=make("ul");
    for(const one of own.slice(0,8))all.append(make("li",one));
    said.append(all,make("a","Look at the customer's page",{href:path+"#"+topic}))
    }catch{said.replaceChildren(make("p","The server did not answer. Try again."))}};
    const show=()=>{
    list.replaceChildren(...items.map((item,place)=>{
    const row=make("li","",{role:"option",id:"palette-"+place,"aria-selected":String(place===at)});
    row.append(make("span",item.name));
    if(item.note)row.append(make("span",item.note,{class:"note"}));
    if(item.key)row.append(make("kbd",item.key));
    row.addEventListener("click",()=>choose(item));return row}));
    if(items.length)field.setAttribute("aria-activedescendant","palette-"+at);
    else field.removeAttribute("aria-activedescendant");
    const now=list.children[at];if(now)now.scrollIntoView({block:"nearest"})};
    const choose=item=>{if(!item.stays)dialog.close();item.run()};
    const seek=()=>{
    const text=field.value,words=plain(text).split(" ");
    items=commands().filter(item=>words.every(word=>plain(item.name).includes(word)));at=0;show();
    const mine=++asked;
    setTimeout(async()=>{
    if(mine!==asked)return;
    let more;try{more=await found(text)}catch{more=[]}
    if(mine!==asked||!dialog.open)return;
    items=items.concat(more);show();
    if(!items.length)said.replaceChildren(make("p","Nothing is called so. A part of a customer's name, "
    +"“why held acme” or the name of a page will do."));
    else if(!said.querySelector("h2"))said.replaceChildren()},200)};
    const begin=()=>{
    if(document.querySelector("dialog[open]"))return;
    dialog=make("dialog","",{class:"palette","aria-label":"Go to, find, ask"});
    field=make("input","",{type:"text",role:"combobox","aria-expanded":"true",
    "aria-controls":"palette-list","aria-autocomplete":"list",autocomplete:"off",spellcheck:"false",
    "aria-label":"A page, a customer, or a question such as: why held acme",
    placeholder:"A page, a customer, or: why held acme"});
    list=make("ul","",{role:"listbox",id:"palette-list","aria-label":"What fits"});
    said=make("div","",{class:"answer",role:"status"});
    field.addEventListener("input",()=>{said.replaceChildren();seek()});
    field.addEventListener("keydown",event=>{
    if(event.isComposing)return;
    if(event.key==="ArrowDown"||event.key==="ArrowUp"){event.preventDefault();
    if(items.length)at=(at+(event.key==="ArrowDown"?1:items.length-1))%items.length;show()}
    else if(event.key==="Enter"){event.preventDefault();if(items[at])choose(items[at])}});
    const before=document.activeElement,close=make("button","Close",{type:"button"});
    close.addEventListener("click",()=>dialog.close());
    dialog.append(field,list,said,close);
    dialog.addEventListener("close",()=>{asked++;dialog.remove();
    if(document.activeElement===document.body&&before)before.focus()});
    document.body.append(dialog);dialog.showModal();field.focus();seek()};
    document.addEventListener("keydown",event=>{
    if((event.ctrlKey||event.metaKey)&&!event.altKey&&!event.shiftKey&&event.key.toLowerCase()==="k"){
    event.preventDefault();begin()}});
    document.addEventListener("aiom-palette",begin);
    const way=make("button","Find",{type:"button",class:"find",title:"Ctrl K or ⌘ K",
    "aria-keyshortcuts":"Control+K Meta+K"});
    way.addEventListener("click",begin);
    document.querySelector("header nav").after(way)})();
    """#)
}
