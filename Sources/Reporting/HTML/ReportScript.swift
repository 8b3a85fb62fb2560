/// The report's script: it makes the ranked table sortable by its headers and filters it as one types. The report is
/// complete without it.
enum ReportScript {
  /// The script.
  static let text = """
    (()=>{const t=document.querySelector("table.rank");if(!t)return;const b=t.tBodies[0],h=[...t.tHead.rows[0].cells];
    const v=(r,i)=>{const f=r.cells[i].firstChild,s=(f?f.textContent:"").replace("−","-"),n=parseFloat(s);return isNaN(n)||/[^-+.\\d]/.test(s)?s.toLowerCase():n};
    h.forEach((c,i)=>{const k=document.createElement("button");k.type="button";k.textContent=c.textContent;c.textContent="";c.append(k);
    k.onclick=()=>{const f=c.getAttribute("aria-sort"),num=[...b.rows].some(r=>typeof v(r,i)=="number");
    const d=f?(f=="ascending"?-1:1):(num&&i?-1:1);h.forEach(o=>o.removeAttribute("aria-sort"));
    c.setAttribute("aria-sort",d>0?"ascending":"descending");
    b.append(...[...b.rows].map(r=>[v(r,i),r]).sort((x,y)=>{const p=x[0],q=y[0];
    if(typeof p!=typeof q)return typeof p=="number"?-1:1;return(p<q?-1:p>q?1:0)*d}).map(x=>x[1]))}});
    h[0].setAttribute("aria-sort","ascending");
    const l=document.createElement("label"),n=document.createElement("input"),o=document.createElement("output");
    n.type="search";n.placeholder="drug, sample or flag";l.append("Filter ",n);document.getElementById("filter").append(l,o);
    n.oninput=()=>{const q=n.value.toLowerCase().split(/\\s+/);let c=0;
    for(const r of b.rows){r.hidden=!q.every(w=>r.textContent.toLowerCase().includes(w));c+=!r.hidden}
    o.textContent=n.value?c+" of "+b.rows.length:""}})()
    """
}
