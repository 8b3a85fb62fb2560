#include "resources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// The registry that every binary carries.

static const uint8_t compounds[] = {
#embed "../Compounds/Registry/compounds.yaml"
};

isobole_file isobole_compounds_file(void) {
  return (isobole_file){"compounds.yaml", compounds, sizeof(compounds)};
}
