// The one script that pages name: starts what the page asks for, then says that it is ready. Until then app.css lets no
// button of the page be pressed: the press would be lost.
import { startAll } from "./parts.js";

try {
  await startAll(document);
} finally {
  document.documentElement.dataset.ready = "true";
}
