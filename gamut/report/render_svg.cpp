#include "gamut/report/render_svg.h"

#include <librsvg/rsvg.h>

#include <cmath>
#include <memory>

#include "gamut/core/error.h"

namespace gamut::report {
namespace {

struct Unref {
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
  void operator()(GError* error) const { g_error_free(error); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

[[noreturn]] void fail(GError* error) {
  const std::unique_ptr<GError, Unref> owned(error);
  throw ParameterError(std::string("a drawing cannot be rendered: ") +
                       (error ? error->message : "it has no size"));
}

}  // namespace

RgbImage render_svg(const std::string& svg, double scale) {
  GError* error = nullptr;
  const std::unique_ptr<RsvgHandle, Unref> handle(
      rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
  if (!handle) fail(error);
  double width = 0;
  double height = 0;
  if (rsvg_handle_get_intrinsic_size_in_pixels(handle.get(), &width, &height) == 0) fail(nullptr);
  RgbImage image{
      static_cast<int>(std::lround(width * scale)), static_cast<int>(std::lround(height * scale)), {}};
  const std::unique_ptr<cairo_surface_t, Unref> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height));
  const std::unique_ptr<cairo_t, Unref> context(cairo_create(surface.get()));
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  const RsvgRectangle page{0, 0, width * scale, height * scale};
  if (rsvg_handle_render_document(handle.get(), context.get(), &page, &error) == 0) fail(error);
  cairo_surface_flush(surface.get());
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const unsigned char* pixel = data + static_cast<std::ptrdiff_t>(y) * stride +
                                   4 * static_cast<std::ptrdiff_t>(x);  // blue, green, red
      image.pixels.insert(image.pixels.end(), {pixel[2], pixel[1], pixel[0]});
    }
  }
  return image;
}

}  // namespace gamut::report
