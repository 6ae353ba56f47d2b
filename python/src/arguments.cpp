#include "python/src/arguments.h"

#include <fmt/format.h>

#include <string>

#include "gamut/core/error.h"
#include "gamut/core/json.h"

namespace gamut::python {

namespace py = pybind11;

namespace {

void require_dimensions(const FloatArray& array, py::ssize_t wanted) {
  if (array.ndim() == wanted) return;
  throw ParameterError(fmt::format("an array of {} dimensions, not {}", array.ndim(), wanted));
}

Json value_to_json(const std::string& name, const py::handle& value) {
  if (value.is_none()) return nullptr;
  if (py::isinstance<py::bool_>(value)) return value.cast<bool>();
  if (py::isinstance<py::str>(value)) return value.cast<std::string>();
  if (PyIndex_Check(value.ptr()) != 0) {
    const auto whole = py::reinterpret_steal<py::object>(PyNumber_Index(value.ptr()));
    if (!whole) throw py::error_already_set();
    int overflow = 0;
    const long long number = PyLong_AsLongLongAndOverflow(whole.ptr(), &overflow);
    if (overflow == 0) return number;
    throw ParameterError(name + " is a number of more than 64 bits");
  }
  const auto number = py::reinterpret_steal<py::object>(
      PyNumber_Check(value.ptr()) != 0 ? PyNumber_Float(value.ptr()) : nullptr);
  if (number) return number.cast<double>();
  PyErr_Clear();
  throw ParameterError(name + " is " + py::repr(value).cast<std::string>() +
                       "; it must be a number, a word or None");
}

}  // namespace

std::span<const float> samples_of(const FloatArray& array) {
  require_dimensions(array, 1);
  return {array.data(), static_cast<std::size_t>(array.size())};
}

Matrix matrix_of(const FloatArray& array) {
  require_dimensions(array, 2);
  Matrix matrix;
  matrix.rows = static_cast<std::size_t>(array.shape(0));
  matrix.columns = static_cast<std::size_t>(array.shape(1));
  matrix.values.assign(array.data(), array.data() + array.size());
  return matrix;
}

Json to_json(const py::dict& options) {
  Json json = Json::object();
  for (const auto& [key, value] : options) {
    const auto name = key.cast<std::string>();
    json[name] = value_to_json(name, value);
  }
  return json;
}

}  // namespace gamut::python
