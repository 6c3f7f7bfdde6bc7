#include "checker/graph/graph.hpp"

#include <gtest/gtest.h>

#include "checker/graph/dump_test_support.hpp"

namespace heddle::graph {
namespace {

constexpr SlotId x = 1;

Event construction(ThreadId thread, std::uint64_t value = 0) {
  Event event{.kind = EventKind::write, .thread = thread};
  event.initial = true;
  event.value = value;
  return event;
}

Event write(ThreadId thread, LocationId location, std::uint32_t position) {
  Event event{.kind = EventKind::write, .thread = thread};
  event.location = location;
  event.coherence = position;
  return event;
}

Event read(ThreadId thread, LocationId location, EventId from) {
  Event event{.kind = EventKind::read, .thread = thread};
  event.location = location;
  event.reads_from = from;
  return event;
}

Event spawn(ThreadId thread, ThreadId child) {
  Event event{.kind = EventKind::spawn, .thread = thread};
  event.value = child;
  return event;
}

/// The main thread constructs x and starts threads 1 and 2.
struct Started : Graph {
  EventId initial = append(construction(0), x);
  LocationId object = location_at(x);
  EventId first = append(spawn(0, 1));
  EventId second = append(spawn(0, 2));
};

TEST(Graph, PlacesWritesInCoherenceOrder) {
  Started graph;
  const EventId late = graph.append(write(1, graph.object, 1));
  const EventId between = graph.append(write(2, graph.object, 1));
  EXPECT_EQ(graph.location(graph.object).coherence,
            (std::vector<EventId>{graph.initial, between, late}));
  EXPECT_EQ(graph[late].coherence, 2U);
  graph.pop();
  EXPECT_EQ(graph[late].coherence, 1U);
}

TEST(Graph, KnowsWhatIsBeforeWhatByOrderOfThreadsAndReadsFrom) {
  Started graph;
  const EventId written = graph.append(write(1, graph.object, 1));
  const EventId other = graph.append(write(2, graph.object, 2));
  EXPECT_FALSE(graph.porf_before(written, other));
  const EventId reader = graph.append(read(2, graph.object, written));
  EXPECT_TRUE(graph.porf_before(written, reader));
  EXPECT_TRUE(graph.porf_before(graph.first, reader));
  EXPECT_FALSE(graph.porf_before(reader, written));
  EXPECT_TRUE(graph.porf_before(reader, reader));
}

TEST(Graph, KnowsWhichWritesAReadModifyWriteFollows) {
  Started graph;
  Event rmw = write(1, graph.object, 1);
  rmw.rmw = true;
  rmw.reads_from = graph.initial;
  EXPECT_FALSE(graph.claimed(graph.object, 0));
  graph.append(rmw);
  EXPECT_TRUE(graph.claimed(graph.object, 0));
  EXPECT_FALSE(graph.claimed(graph.object, 1));
}

TEST(Graph, GivesEachLifeOfAnObjectALocation) {
  Started graph;
  Event end{.kind = EventKind::destroy, .thread = 1};
  end.location = graph.object;
  graph.append(end, x);
  graph.append(construction(1, 5), x);
  EXPECT_NE(graph.location_at(x), graph.object);
  graph.pop();
  EXPECT_EQ(graph.location_at(x), graph.object);
}

TEST(Graph, RestoresWhatIsTakenAway) {
  Started graph;
  const std::string start = dump(graph);
  const Graph::Mark mark = graph.mark();
  const EventId written = graph.append(write(1, graph.object, 1));
  const EventId one = graph.append(read(1, graph.object, written));
  const EventId two = graph.append(read(2, graph.object, written));
  const std::string all = dump(graph);
  graph.detach(two);
  graph.detach(one);
  EXPECT_NE(dump(graph), all);
  graph.attach(one);
  graph.attach(two);
  EXPECT_EQ(dump(graph), all);
  while (graph.order().size() > 3) graph.pop();
  graph.release(mark);
  EXPECT_EQ(dump(graph), start);
}

TEST(Graph, LetsAReadBeAddedAgainAtItsPlace) {
  Started graph;
  const EventId old = graph.append(read(1, graph.object, graph.initial));
  const std::string before = dump(graph);
  const Graph::Mark mark = graph.mark();
  graph.detach(old);
  const EventId written = graph.append(write(2, graph.object, 1));
  Event again = read(1, graph.object, written);
  again.stamp = graph[old].stamp;
  graph.append_at(3, again);
  EXPECT_TRUE(graph.porf_before(written, graph.last(1)));
  graph.detach_at(3, old);
  graph.pop();
  graph.release(mark);
  graph.attach(old);
  EXPECT_EQ(dump(graph), before);
}

/// Contracts are checked in every build.
TEST(Graph, RefusesWhatIsNotLastInItsThread) {
  Started graph;
  graph.append(write(1, graph.object, 1));
  EXPECT_THROW(graph.detach(graph.initial), AssertionError);
  EXPECT_THROW(graph.attach(graph.initial), AssertionError);
}

TEST(Graph, RefusesPlacesThatThereAreNot) {
  Started graph;
  EXPECT_THROW(graph.append(write(1, graph.object, 2)), AssertionError);
  Graph empty;
  EXPECT_THROW(empty.pop(), AssertionError);
  EXPECT_THROW(empty.append(read(3, no_location, no_event)), AssertionError);
}

TEST(Graph, RefusesToForgetWhatItHas) {
  Started graph;
  const Graph::Mark mark = graph.mark();
  graph.append(write(1, graph.object, 1));
  EXPECT_THROW(graph.release(mark), AssertionError);
}

TEST(Assertions, SayWhereTheyStand) {
  try {
    HEDDLE_ASSERT(1 + 1 == 3);
    FAIL();
  } catch (const AssertionError& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with("checker/graph/graph_test.cpp:"));
    EXPECT_NE(std::string(error.what()).find("'1 + 1 == 3' does not hold"), std::string::npos);
  }
}

TEST(Clocks, KeepTheirValuesWhenThreadsAreAdded) {
  ClockStore clocks;
  const ClockId clock = clocks.copy(0);
  clocks.at(clock)[3] = 7;
  clocks.widen(100);
  EXPECT_GT(clocks.width(), 100U);
  EXPECT_EQ(clocks[clock][3], 7);
  EXPECT_EQ(clocks[clock][100], 0);
}

TEST(Clocks, JoinToTheLaterOfBoth) {
  ClockStore clocks;
  const ClockId a = clocks.copy(0);
  const ClockId b = clocks.copy(0);
  clocks.at(a)[0] = 2, clocks.at(b)[0] = 1, clocks.at(b)[1] = 4;
  clocks.join(a, b);
  EXPECT_EQ(clocks[a][0], 2);
  EXPECT_EQ(clocks[a][1], 4);
}

}  // namespace
}  // namespace heddle::graph
