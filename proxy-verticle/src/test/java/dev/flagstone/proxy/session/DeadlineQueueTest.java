package dev.flagstone.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {

  private final FakeTime time = new FakeTime();
  private final DeadlineQueue queue = new DeadlineQueue(time);
  private final List<String> ran = new ArrayList<>();

  @Test
  void deadlines_ofSeveralDelays_areMetInTimeAndOnce() {
    queue.after(5_000, () -> ran.add("login 1"));
    time.advance(100);
    queue.after(5_000, () -> ran.add("login 2"));
    queue.after(200, () -> ran.add("answer"));
    runAfter(199);
    assertThat(ran).isEmpty();
    runAfter(1);
    assertThat(ran).containsExactly("answer");
    runAfter(4_700);
    assertThat(ran).containsExactly("answer", "login 1");
    runAfter(100);
    runAfter(10_000);
    assertThat(ran).containsExactly("answer", "login 1", "login 2");
  }

  @Test
  void task_thatSetsAnother_isFollowedByItLater() {
    queue.after(10, () -> queue.after(10, () -> ran.add("second")));
    runAfter(10);
    assertThat(ran).isEmpty();
    runAfter(10);
    assertThat(ran).containsExactly("second");
  }

  private void runAfter(long millis) {
    time.advance(millis);
    queue.run();
  }
}
