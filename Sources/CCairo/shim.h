#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <pango/pangocairo.h>

/// Gives up a GObject, whatever its type.
static inline void cairo_shim_unref(void *object) { g_object_unref(object); }
