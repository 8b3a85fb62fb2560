/// The report's script: it makes the ranked table sortable and filters it, unpacks a combination's page when it is
/// opened, lets charts' dots lead to pages, and switches between values, contours and the surface. Without it the
/// report is complete but for the packed pages and the surface.
enum ReportScript {
  /// The script.
  static let text = table + pages + SurfaceScript.text

  private static let table = """
    (()=>{const t=document.querySelector("table.rank");if(!t)return;const b=t.tBodies[0],h=[...t.tHead.rows[0].cells];
    const v=(r,i)=>{const f=r.cells[i].firstChild,s=(f?f.textContent:"").replace("−","-"),n=parseFloat(s);return isNaN(n)||/[^-+.\\d]/.test(s)?s.toLowerCase():n};
    h.forEach((c,i)=>{const k=document.createElement("button");k.type="button";k.textContent=c.textContent;c.textContent="";c.append(k);
    k.onclick=()=>{const f=c.getAttribute("aria-sort"),num=[...b.rows].some(r=>typeof v(r,i)=="number");
    const d=f?(f=="ascending"?-1:1):(num&&i?-1:1);h.forEach(o=>o.removeAttribute("aria-sort"));
    c.setAttribute("aria-sort",d>0?"ascending":"descending");
    b.append(...[...b.rows].map(r=>[v(r,i),r]).sort((x,y)=>{const p=x[0],q=y[0];
    if(typeof p!=typeof q)return typeof p=="number"?-1:1;return(p<q?-1:p>q?1:0)*d}).map(x=>x[1]))}});
    h[0].setAttribute("aria-sort","ascending");
    const box=document.getElementById("filter"),o=document.createElement("output"),sel=[];
    const add=(name,e)=>{const l=document.createElement("label");l.append(name,e);box.append(l);return e};
    const n=add("Search",document.createElement("input"));n.type="search";n.placeholder="drug, sample or flag";
    for(const[k,name]of[["c","Call"],["a","Anchor"],["p","Partner"],["k","Partner class"],["s","Sample"]]){
    const m=new Map();for(const r of b.rows){const x=r.dataset[k];if(x)m.set(x,(m.get(x)||0)+1)}
    if(m.size<2)continue;const s=add(name,document.createElement("select"));s.dataset.k=k;s.append(new Option("all",""));
    for(const[x,c]of[...m].sort((x,y)=>x[0].localeCompare(y[0])))s.append(new Option(x+" ("+c+")",x));sel.push(s)}
    box.append(o);o.className="k";
    const go=()=>{const q=n.value.toLowerCase().split(/\\s+/);let c=0,on=n.value!="";
    for(const s of sel)on=on||s.value!="";
    for(const r of b.rows){r.hidden=!(q.every(w=>r.textContent.toLowerCase().includes(w))&&sel.every(s=>!s.value||r.dataset[s.dataset.k]==s.value));c+=!r.hidden}
    o.textContent=on?c+" of "+b.rows.length:""};
    n.oninput=go;for(const s of sel)s.onchange=go})();

    """

  private static let pages = """
    (()=>{const unpack=async d=>{const b=Uint8Array.from(atob(d.dataset.z),c=>c.charCodeAt(0));
    const t=await new Response(new Blob([b]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
    d.removeAttribute("data-z");d.innerHTML=t};
    const views=m=>{const v=[...m.querySelectorAll("[data-v]")];if(v.length<2)return;
    const bar=document.createElement("div");bar.className="bar";bar.setAttribute("role","group");bar.setAttribute("aria-label","View");
    const show=x=>{for(const e of v)e.hidden=e!=x;for(const k of bar.children)k.setAttribute("aria-pressed",k.x==x);if(x.dataset.s)surface(x)};
    for(const e of v){const k=document.createElement("button");k.type="button";k.className="b2";k.textContent=e.dataset.v;k.x=e;k.onclick=()=>show(e);bar.append(k)}
    const h=m.querySelector("h4");h?h.after(bar):m.prepend(bar);show(v[0])};
    const open=async()=>{const s=location.hash.length>1&&document.getElementById(location.hash.slice(1));
    if(!s||!s.classList.contains("b")||s.dataset.on)return;s.dataset.on=1;
    const d=s.querySelector("[data-z]");if(d)await unpack(d);for(const m of s.querySelectorAll(".maps"))views(m)};
    const up=()=>{if(location.hash.startsWith("#b"))scrollTo({top:0,behavior:"instant"})};
    addEventListener("hashchange",()=>{open();up();requestAnimationFrame(()=>{up();requestAnimationFrame(up)})});open();
    for(const g of document.querySelectorAll("g[data-b]"))g.onclick=()=>{const i=Number(g.dataset.b)+1;location.hash=document.getElementById("b"+i)?"b"+i:"r"+i};
    addEventListener("keydown",e=>{if(e.altKey||e.ctrlKey||e.metaKey||/INPUT|SELECT|CANVAS/.test(e.target.tagName))return;
    const s=document.querySelector(".b:target");if(!s)return;
    const a=s.querySelector(e.key=="ArrowLeft"?"a[rel=prev]":e.key=="ArrowRight"?"a[rel=next]":e.key=="Escape"?".bn a":"x");if(a)a.click()})})();

    """
}
