#include "gamut/catalogue/taxonomy_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "gamut/core/label_key.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

/// More of a long list than this a message does not name.
constexpr std::size_t kMostNamed = 8;

std::string in_quotes(const std::string& name) {
  return '"' + printable(name) + '"';
}

std::string at(std::size_t line, const std::string& message) {
  return fmt::format("line {}: {}", line, message);
}

/// The first names of a list, and how many more there are.
std::string shortened(std::vector<std::string> names, std::string_view separator) {
  if (names.size() <= kMostNamed) return join(names, separator);
  const std::size_t more = names.size() - kMostNamed;
  names.resize(kMostNamed);
  return fmt::format("{}{}… ({} more)", join(names, separator), separator, more);
}

/// A name as a subgenre, by its key.
struct Node {
  std::string name;
  std::size_t line = 0;
  std::vector<std::string> genres;  // keys, without its own
  bool is_broad = false;            // it has a row with itself
};

class Check {
 public:
  explicit Check(const std::vector<TaxonomyRow>& rows) : rows_(rows) {
    for (const TaxonomyRow& row : rows) {
      if (row.fault.empty()) add_pair(row);
    }
  }

  std::vector<TaxonomyFinding> run() {
    find_malformed();
    find_orphans();
    find_cycles();
    find_nested();
    find_too_many();
    find_alike();
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const auto& a, const auto& b) { return a.fault < b.fault; });
    return std::move(findings_);
  }

 private:
  void add_pair(const TaxonomyRow& row) {
    const std::string subgenre = label_key(row.subgenre);
    const std::string genre = label_key(row.genre);
    Node& node = nodes_.try_emplace(subgenre, Node{row.subgenre, row.line, {}, false}).first->second;
    genre_names_.emplace(genre, row.genre);
    if (subgenre == genre) node.is_broad = true;
    if (std::find(node.genres.begin(), node.genres.end(), genre) == node.genres.end() && subgenre != genre) {
      node.genres.push_back(genre);
    }
  }

  void add(TaxonomyFault fault, std::string message) { findings_.push_back({fault, std::move(message)}); }

  void find_malformed() {
    for (const TaxonomyRow& row : rows_) {
      if (!row.fault.empty() && !is_orphan_row(row)) add(TaxonomyFault::malformed, at(row.line, row.fault));
    }
  }

  static bool is_orphan_row(const TaxonomyRow& row) {
    return !row.subgenre.empty() && row.subgenre.size() <= kMaxLabelBytes && row.genre.empty();
  }

  void find_orphans() {
    for (const TaxonomyRow& row : rows_) {
      if (!is_orphan_row(row)) continue;
      add(TaxonomyFault::orphan, at(row.line, fmt::format("{} has no genre", in_quotes(row.subgenre))));
    }
  }

  /// Depth first with a stack of its own, so that a long chain of rows cannot exhaust the program's.
  void find_cycles() {
    enum class State { unseen, open, done };
    std::map<std::string, State> states;
    for (const auto& [root, unused] : nodes_) {
      if (states[root] != State::unseen) continue;
      std::vector<std::pair<std::string, std::size_t>> path{{root, 0}};
      states[root] = State::open;
      while (!path.empty()) {
        const std::string key = path.back().first;
        const auto node = nodes_.find(key);
        if (node == nodes_.end() || path.back().second == node->second.genres.size()) {
          states[key] = State::done;
          path.pop_back();
          continue;
        }
        const std::string& next = node->second.genres[path.back().second++];
        State& state = states[next];
        if (state == State::open) {
          add_cycle(path, next);
        } else if (state == State::unseen) {
          state = State::open;
          path.emplace_back(next, 0);
        }
      }
    }
  }

  void add_cycle(const std::vector<std::pair<std::string, std::size_t>>& path, const std::string& from) {
    auto step =
        std::find_if(path.begin(), path.end(), [&](const auto& entry) { return entry.first == from; });
    const Node& first = nodes_.at(from);
    std::vector<std::string> names;
    for (; step != path.end(); ++step) names.push_back(in_quotes(nodes_.at(step->first).name));
    add(TaxonomyFault::cycle, at(first.line, fmt::format("{} → {}; a name cannot be a genre of itself",
                                                         shortened(names, " → "), in_quotes(first.name))));
  }

  void find_nested() {
    std::map<std::string, std::vector<std::string>> below;  // by genre
    for (const auto& [key, node] : nodes_) {
      for (const std::string& genre : node.genres) below[genre].push_back(in_quotes(node.name));
    }
    for (const auto& [genre, names] : below) {
      const auto node = nodes_.find(genre);
      if (node == nodes_.end() || node->second.is_broad) continue;
      add(TaxonomyFault::nested,
          at(node->second.line,
             fmt::format("{0} is a subgenre of {1} and a genre of {2}, which do not become {1} by that; give "
                         "each its genres, and where {0} is a broad genre too, write {0},{0}",
                         in_quotes(node->second.name), genre_list(node->second), shortened(names, ", "))));
    }
  }

  std::string genre_list(const Node& node) const {
    std::vector<std::string> names;
    for (const std::string& genre : node.genres) names.push_back(in_quotes(genre_names_.at(genre)));
    return shortened(names, ", ");
  }

  void find_too_many() {
    for (const auto& [key, node] : nodes_) {
      const std::size_t n = node.genres.size() + (node.is_broad ? 1 : 0);
      if (n <= kMostGenresOfASubgenre) continue;
      add(TaxonomyFault::too_many,
          at(node.line, fmt::format("{} has {} genres; the paper's limit is {}", in_quotes(node.name), n,
                                    kMostGenresOfASubgenre)));
    }
  }

  /// A name somewhere in the file, and whose it is.
  struct Use {
    std::string spelling, owner;
    std::size_t line = 0;
    bool is_alias = false;
  };

  void find_alike() {
    std::map<std::string, std::vector<Use>> uses;
    std::set<std::pair<std::string, std::string>> seen;  // spelling and owner
    const auto use = [&](const std::string& spelling, const std::string& owner, std::size_t line,
                         bool alias) {
      if (!seen.emplace(spelling, label_key(owner)).second) return;
      uses[near_label_key(spelling)].push_back({spelling, label_key(owner), line, alias});
    };
    for (const TaxonomyRow& row : rows_) {
      if (!row.fault.empty()) continue;
      use(row.subgenre, row.subgenre, row.line, false);
      use(row.genre, row.genre, row.line, false);
      for (const std::string& alias : row.aliases) use(alias, row.subgenre, row.line, true);
    }
    for (const auto& [key, group] : uses) compare(group);
  }

  /// Names of one near key: each against an earlier one that it should not resemble.
  void compare(const std::vector<Use>& group) {
    std::map<std::string, const Use*> first_of_key;
    const Use* stranger = nullptr;  // the first of another owner than the group's first
    const Use* name = nullptr;      // the first that is no alias, of the group's first owner
    const std::string& owner = group.front().owner;
    for (const Use& use : group) {
      const Use* same = first_of_key.try_emplace(label_key(use.spelling), &use).first->second;
      if (same->owner != use.owner) {
        add(TaxonomyFault::ambiguous,
            at(use.line, fmt::format("{} is also a name of line {}; a name belongs to one subgenre",
                                     in_quotes(use.spelling), same->line)));
      } else if (use.owner != owner) {
        add_alike(use, group.front());
      } else if (name != nullptr && !use.is_alias) {
        add_alike(use, *name);
      } else if (stranger != nullptr) {
        add_alike(use, *stranger);
      }
      if (stranger == nullptr && use.owner != owner) stranger = &use;
      if (name == nullptr && use.owner == owner && !use.is_alias) name = &use;
    }
  }

  void add_alike(const Use& use, const Use& earlier) {
    add(TaxonomyFault::near_duplicate,
        at(use.line, fmt::format("{} is written {} in line {}; if they are one, choose one spelling, or make "
                                 "one an alias of the other",
                                 in_quotes(use.spelling), in_quotes(earlier.spelling), earlier.line)));
  }

  const std::vector<TaxonomyRow>& rows_;
  std::map<std::string, Node> nodes_;               // subgenres, by key
  std::map<std::string, std::string> genre_names_;  // by key
  std::vector<TaxonomyFinding> findings_;
};

}  // namespace

std::string_view to_string(TaxonomyFault fault) {
  switch (fault) {
    case TaxonomyFault::malformed:
      return "malformed";
    case TaxonomyFault::orphan:
      return "orphan";
    case TaxonomyFault::cycle:
      return "cycle";
    case TaxonomyFault::nested:
      return "nested";
    case TaxonomyFault::too_many:
      return "too many";
    case TaxonomyFault::ambiguous:
      return "ambiguous";
    case TaxonomyFault::near_duplicate:
      return "near-duplicate";
  }
  return "";
}

std::vector<TaxonomyFinding> check_taxonomy(const std::vector<TaxonomyRow>& rows) {
  return Check(rows).run();
}

}  // namespace gamut::catalogue
