#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"

/// `statement` throws a ParameterError whose message matches.
#define EXPECT_PARAMETER_ERROR(statement, matcher) \
  EXPECT_THAT([&] { statement; }, testing::ThrowsMessage<gamut::ParameterError>(matcher))
