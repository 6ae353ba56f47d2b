#include "gamut/tags/quiet_taglib.h"

#include <tdebuglistener.h>

namespace gamut::tags {
namespace {

class Silence : public TagLib::DebugListener {
  void printMessage(const TagLib::String&) override {}
};

}  // namespace

void quieten_taglib() {
  static Silence silence;
  static const bool silenced = (TagLib::setDebugListener(&silence), true);
  static_cast<void>(silenced);
}

}  // namespace gamut::tags
