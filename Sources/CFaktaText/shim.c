#include "fakta_text.h"
