#include "apps/server/model_routes.h"

#include <chrono>
#include <semaphore>

#include "apps/server/form.h"
#include "gamut/core/json.h"
#include "gamut/tagging/prediction_json.h"

namespace gamut::server {
namespace {

using features::SongFeatures;
using namespace std::chrono_literals;

constexpr auto kLook = 50ms;  // how often who waits to score looks whether anybody still waits for it

struct PredictRequest {
  std::size_t top = 1000;
  bool with_timeline = false;
  features::TimelineOptions timeline;
  tagging::Decision decision = tagging::Decision::tuned;
};

template <class Number>
Number take_number(Form& form, const std::string& name, Number otherwise, Number low, Number high) {
  const Json value = Json::parse(form.take(name, dump_json(otherwise)), nullptr, false);
  const bool fits = std::is_integral_v<Number> ? value.is_number_unsigned() : value.is_number();
  if (fits && value >= low && value <= high) return value.get<Number>();
  throw HttpError(400, "bad_option",
                  name + " must be a number from " + dump_json(low) + " to " + dump_json(high));
}

PredictRequest read_form(Form form) {
  PredictRequest request;
  request.top = take_number<std::size_t>(form, "top", 1000, 1, 1000);
  request.with_timeline = take_number<unsigned>(form, "timeline", 0, 0, 1) == 1;
  request.timeline.window_s = take_number<double>(form, "window_s", request.timeline.window_s, 1, 36000);
  request.timeline.hop_s = take_number<double>(form, "hop_s", request.timeline.hop_s, 1, 36000);
  try {
    request.decision = tagging::parse_decision(form.take("decision", "tuned"));
  } catch (const ParameterError& error) {
    throw HttpError(400, "bad_option", error.what());
  }
  form.refuse_rest({"top", "timeline", "window_s", "hop_s", "decision"});
  return request;
}

/// The front ends of the song and, where it is asked for, of its timeline.
std::vector<Json> front_ends(const spectra::FrontEndOptions& front_end, const PredictRequest& request) {
  std::vector<Json> all{to_json(front_end)};
  if (!request.with_timeline) return all;
  spectra::FrontEndOptions windows = front_end;
  windows.segment_s = request.timeline.window_s;
  windows.segment_hop_s = request.timeline.hop_s;
  all.push_back(to_json(windows));
  return all;
}

SongFeatures to_features(DecodedUpload upload, const spectra::FrontEndOptions& front_end,
                         const PredictRequest& request) {
  SongFeatures features{.outcome = upload.outcome,
                        .reason = std::move(upload.reason),
                        .duration_s = upload.duration_s,
                        .front_end = front_end,
                        .pictures = std::move(upload.sets.front().pictures),
                        .timeline = {},
                        .window_s = request.timeline.window_s};
  if (upload.sets.size() > 1) features.timeline = std::move(upload.sets.back().pictures);
  return features;
}

/// A place among those that score, held until destruction.
class ScoringPlace {
 public:
  /// @throws HttpError  it is cancelled before there is one.
  ScoringPlace(std::counting_semaphore<>& places, const Cancellation& cancellation) : places_(places) {
    while (!places_.try_acquire_for(kLook)) cancellation.check();
  }
  ~ScoringPlace() { places_.release(); }
  ScoringPlace(const ScoringPlace&) = delete;
  ScoringPlace& operator=(const ScoringPlace&) = delete;

 private:
  std::counting_semaphore<>& places_;
};

}  // namespace

Route predict_route(Decoder& decoder, const DecodeLimits& limits, const tagging::Model& model, int jobs) {
  auto places = std::make_shared<std::counting_semaphore<>>(jobs);
  return {.method = "POST",
          .path = "/v1/predict",
          .is_work = true,
          .handle = [&decoder, limits, &model, places](const Request& request) {
            const PredictRequest wanted = read_form(Form(request));
            const spectra::FrontEndOptions& front_end = model.card().front_end;
            const SongFeatures song =
                to_features(decoder.decode(*request.body, limits.request(front_ends(front_end, wanted)),
                                           request.deadline, *request.cancellation),
                            front_end, wanted);
            const ScoringPlace place(*places, *request.cancellation);
            const tagging::Prediction prediction =
                model.predict(std::span(&song, 1), wanted.decision, 1, [&] { request.cancellation->check(); })
                    .front();
            return Response{.content_type = "application/json",
                            .body = dump_json(to_json(prediction, wanted.top)) + "\n"};
          }};
}

Route model_route(const tagging::ModelCard& card, const DecodeLimits& limits, const HttpOptions& options) {
  Json described = describe_model(card);
  described["limits"] = {{"upload_bytes", options.max_upload_bytes},
                         {"duration_s", limits.max_duration_s},
                         {"request_s", std::chrono::duration<double>(options.request_timeout).count()}};
  return {
      .method = "GET", .path = "/v1/model", .handle = [body = dump_json(described) + "\n"](const Request&) {
        return Response{.content_type = "application/json", .body = body};
      }};
}

}  // namespace gamut::server
