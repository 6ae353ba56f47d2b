#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gamut::tags {

/// What an ID3 tag means by a number or mark in place of a genre: "17" is Rock, "RX" Remix, "CR" Cover. Empty
/// for all else.
std::string id3_genre(std::string_view reference);

/// The genre as ID3v1 spells it; empty where its list lacks it.
std::string id3v1_genre(const std::string& genre);

/// The values in one field of a tag: lists with `;` or `/`, ID3's numbers "(17)", "(17)(18)Rock", "17" and
/// its marks "(RX)" and "(CR)" as names.
///
/// @param is_known  whether a text is one genre; a field or part that is, "R&B/Soul", stays whole.
/// @source id3.org, ID3v2.3.0 4.2.1 (TCON); https://github.com/JamesHeinrich/getID3/issues/224
std::vector<std::string> split_genre_field(const std::string& field,
                                           const std::function<bool(std::string_view)>& is_known);

}  // namespace gamut::tags
