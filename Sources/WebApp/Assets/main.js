// The one script that pages name: starts what the page asks for, then says that it is ready (for tests, and for CSS).
import { startAll } from "./parts.js";

await startAll(document);
document.documentElement.dataset.ready = "true";
