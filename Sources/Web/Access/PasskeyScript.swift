extension PageScript {
  /// Asks the browser for a passkey where a form says so by `data-passkey`: `register` makes one,
  /// `approve` signs the digest in the form's field and sends the form with the answer.
  static let passkey = PageScript(
    """
    (()=>{"use strict";
    const raw=t=>Uint8Array.from(atob(t.replace(/-/g,"+").replace(/_/g,"/")),c=>c.charCodeAt(0));
    const word=b=>btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\\+/g,"-")
    .replace(/\\//g,"_").replace(/=+$/,"");
    const keys=l=>(l||[]).map(k=>({...k,id:raw(k.id)}));
    const ask=async(form,path,body)=>{
    const answer=await fetch(path,{method:"POST",headers:{"Content-Type":"application/json",
    "X-CSRF-Token":form.elements.form_token.value},body:JSON.stringify(body)});
    const json=await answer.json();
    if(!answer.ok)throw new Error(json.title+" "+json.detail);
    return json};
    const deeds={
    async approve(form){
    const asked=await ask(form,"/api/v1/me/step-up/options",
    {action_digest:form.elements.digest.value});
    const got=await navigator.credentials.get({publicKey:{...asked,
    challenge:raw(asked.challenge),allowCredentials:keys(asked.allowCredentials)}});
    const parts={credential:got.rawId,client_data:got.response.clientDataJSON,
    authenticator_data:got.response.authenticatorData,signature:got.response.signature};
    for(const[name,bytes]of Object.entries(parts))form.elements[name].value=word(bytes);
    form.submit()},
    async register(form){
    const asked=await ask(form,"/api/v1/me/passkeys/options",{});
    const made=await navigator.credentials.create({publicKey:{...asked,
    challenge:raw(asked.challenge),user:{...asked.user,id:raw(asked.user.id)},
    excludeCredentials:keys(asked.excludeCredentials)}});
    await ask(form,"/api/v1/me/passkeys",{name:form.elements.name.value,
    client_data:word(made.response.clientDataJSON),
    attestation:word(made.response.attestationObject)});
    location.reload()}};
    for(const form of document.querySelectorAll("form[data-passkey]")){
    const said=form.querySelector("[role=status]"),button=form.querySelector("button");
    if(!window.PublicKeyCredential){said.textContent=said.dataset.missing;button.disabled=true;
    continue}
    form.addEventListener("submit",async event=>{
    event.preventDefault();button.disabled=true;said.textContent=said.dataset.asking;
    try{await deeds[form.dataset.passkey](form)}
    catch(fault){said.textContent=fault.name==="NotAllowedError"||
    fault.name==="InvalidStateError"?said.dataset.refused:fault.message;button.disabled=false}})}
    })();
    """)
}
