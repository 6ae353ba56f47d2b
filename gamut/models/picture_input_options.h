#pragma once

namespace gamut::models {

/// What a network sees of a picture. Free of Torch.
struct PictureInputOptions {
  int input_size = 224;                ///< pixels, height and width; 0: the pictures' own size
  bool imagenet_normalisation = true;  ///< less ImageNet's mean, over its standard deviation; otherwise 0 … 1
};

}  // namespace gamut::models
