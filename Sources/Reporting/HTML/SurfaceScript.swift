/// The script that draws a model's synergy as a surface which can be turned: squares between neighbouring dose pairs,
/// farthest first, in the colours of the report's scale, over a plane at 0. Dragging or the arrow keys turn it;
/// pointing at a dose pair tells its value.
enum SurfaceScript {
  /// Defines `surface(box)`; `box` holds the data that `BlockMaps` wrote.
  static let text = """
    function surface(box){if(box.firstChild)return;const D=JSON.parse(box.dataset.s),names=Object.keys(D.m);let name=names[0],az=-.65,el=.5,spot=null;
    const bar=document.createElement("div");bar.className="bar";bar.setAttribute("role","group");bar.setAttribute("aria-label","Model");
    const c=document.createElement("canvas"),say=document.createElement("p"),g=c.getContext("2d"),W=720,H=470,R=Math.min(2,devicePixelRatio||1);
    c.width=W*R;c.height=H*R;c.tabIndex=0;c.setAttribute("role","img");say.className="k";say.setAttribute("aria-live","polite");
    const css=(e,n)=>getComputedStyle(e).getPropertyValue(n).trim(),probe=document.createElement("i");probe.hidden=true;
    const hint="Drag or use the arrow keys to turn; point at a dose pair for its value.";
    for(const k of names){const b=document.createElement("button");b.type="button";b.className="b2";b.textContent=k;b.onclick=()=>{name=k;spot=null;draw()};bar.append(b)}
    box.append(bar,c,say,probe);
    const colour=l=>{probe.className="s"+l;return css(probe,"--c")},level=v=>Math.round(Math.max(-1,Math.min(1,v/50))*10)+10;
    let P=[];
    const draw=()=>{const Z=D.m[name],n=Z.length,m=Z[0].length,all=Z.flat().filter(v=>v!==null),top=Math.max(25,...all.map(Math.abs)),deep=Math.min(...all)<-top/5,mid=deep?10:85;
    for(const b of bar.children)b.setAttribute("aria-pressed",b.textContent==name);
    c.setAttribute("aria-label",name+" synergy as a surface over both doses, "+Math.min(...all)+" to "+Math.max(...all)+" points");
    say.textContent=spot||hint;
    const mut=css(box,"--mut"),fg=css(box,"--fg"),line=css(box,"--line");
    g.setTransform(R,0,0,R,0,0);g.clearRect(0,0,W,H);g.font="12px system-ui,sans-serif";g.lineJoin="round";
    const p=(x,y,z)=>{const X=x*Math.cos(az)-y*Math.sin(az),Y=x*Math.sin(az)+y*Math.cos(az);return{x:W/2+X*205,y:H/2+mid-(z*Math.cos(el)*(deep?130:165)+Y*Math.sin(el)*205),d:Y*Math.cos(el)-z*Math.sin(el)}};
    const sx=j=>2*j/(m-1)-1,sy=i=>2*i/(n-1)-1;
    const path=q=>{g.beginPath();q.forEach((a,k)=>k?g.lineTo(a.x,a.y):g.moveTo(a.x,a.y));g.closePath()};
    const plane=()=>{g.strokeStyle=line;g.lineWidth=1;for(let i=0;i<n;i++){path([p(-1,sy(i),0),p(1,sy(i),0)]);g.stroke()}for(let j=0;j<m;j++){path([p(sx(j),-1,0),p(sx(j),1,0)]);g.stroke()}
    g.strokeStyle=mut;path([p(-1,-1,0),p(1,-1,0),p(1,1,0),p(-1,1,0)]);g.stroke()};plane();
    const ey=p(0,-1,0).d<p(0,1,0).d?-1:1,ex=p(-1,0,0).d<p(1,0,0).d?-1:1;
    const bx=-ex,by=-ey,far=p(bx,by,0);g.strokeStyle=mut;path([p(bx,by,deep?-1:0),p(bx,by,1)]);g.stroke();g.fillStyle=mut;g.textAlign=far.x<W/2?"right":"left";
    for(const z of deep?[-1,-.5,0,.5,1]:[0,.5,1]){const q=p(bx,by,z),o=far.x<W/2?-6:6;g.fillText((z>0?"+":"")+String(Math.round(z*top)).replace("-","−"),q.x+o,q.y+4)}
    P=[];const quads=[];for(let i=0;i<n;i++)for(let j=0;j<m;j++){if(Z[i][j]===null)continue;P.push({...p(sx(j),sy(i),Z[i][j]/top),i,j,v:Z[i][j]});
    if(i&&j){const k=[[i-1,j-1],[i-1,j],[i,j],[i,j-1]],v=k.map(([a,b])=>Z[a][b]);if(v.includes(null))continue;
    const q=k.map(([a,b],s)=>p(sx(b),sy(a),v[s]/top));quads.push({q,d:q.reduce((s,a)=>s+a.d,0),l:level(v.reduce((s,a)=>s+a,0)/4)})}}
    quads.sort((a,b)=>b.d-a.d);g.lineWidth=1;
    for(const u of quads){path(u.q);g.globalAlpha=.93;g.fillStyle=colour(u.l);g.fill();g.globalAlpha=1;g.strokeStyle=mut;g.stroke()}
    g.fillStyle=mut;
    // Doses stand at the edges of the plane that are nearer to the eye.
    const put=(t,a,o)=>{g.textAlign=a.x+o.x<W/2?"right":"left";g.fillText(t,a.x+o.x,a.y+o.y+4)};
    D.x.forEach((t,j)=>{const a=p(sx(j),ey,0),b=p(sx(j),ey*1.1,0);put(t,a,{x:(b.x-a.x)*1.2,y:(b.y-a.y)*1.2})});
    D.y.forEach((t,i)=>{const a=p(ex,sy(i),0),b=p(ex*1.1,sy(i),0);put(t,a,{x:(b.x-a.x)*1.2,y:(b.y-a.y)*1.2})});
    g.fillStyle=fg;let a=p(0,ey*1.42,0);g.textAlign="center";g.fillText(D.xt,Math.max(90,Math.min(W-90,a.x)),Math.min(H-8,a.y+8));a=p(ex*1.42,0,0);g.fillText(D.yt,Math.max(90,Math.min(W-90,a.x)),Math.min(H-8,a.y+8));
    g.textAlign="left";g.fillStyle=fg;g.fillText(name+" synergy, points",10,18)};
    let drag=null;c.onpointerdown=e=>{drag=[e.clientX,e.clientY];c.setPointerCapture(e.pointerId)};c.onpointerup=()=>drag=null;
    c.onpointermove=e=>{if(drag){az+=(e.clientX-drag[0])/150;el=Math.max(.05,Math.min(1.5,el+(e.clientY-drag[1])/150));drag=[e.clientX,e.clientY];draw();return}
    const r=c.getBoundingClientRect(),x=(e.clientX-r.left)*W/r.width,y=(e.clientY-r.top)*H/r.height;let best=null;
    for(const q of P){const d=Math.hypot(q.x-x,q.y-y);if(d<16&&(!best||q.d<best.d))best=q}
    const t=best?D.yt+" "+D.y[best.i]+" × "+D.xt+" "+D.x[best.j]+": "+(best.v>0?"+":"")+best.v+" points ("+name+")":null;if(t!=spot){spot=t;say.textContent=t||hint}};
    c.onkeydown=e=>{const k={ArrowLeft:[-.12,0],ArrowRight:[.12,0],ArrowUp:[0,.1],ArrowDown:[0,-.1]}[e.key];if(!k)return;e.preventDefault();az+=k[0];el=Math.max(.05,Math.min(1.5,el+k[1]));draw()};
    matchMedia("(prefers-color-scheme:dark)").addEventListener("change",draw);draw()}
    """
}
