package dev.flagstone.proxy.session;

import dev.flagstone.bus.Frame;
import dev.flagstone.bus.FramePool;
import dev.flagstone.command.Reply;
import dev.flagstone.command.Status;
import dev.flagstone.protocol.Note;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The replies that a session owes, in the order of its requests: a ring whose places are numbered
 * by tickets that only rise.
 *
 * <p>A place knows how its reply shall look. It is <em>waiting</em> until its reply is known, and
 * then holds it: a {@link Reply} of the proxy's own, a {@link Status}, or the frame that a shard's
 * reply stands in. Only the first place is ever taken. No object is made per request; the ring
 * grows by doubling.
 */
final class ReplyQueue {

  private static final int FIRST_CAPACITY = 4;
  private static final byte NO_VERB = -1;
  private static final byte NOREPLY = 1;

  private long[] forms = new long[FIRST_CAPACITY];
  private byte[] verbs = new byte[FIRST_CAPACITY];
  private byte[] marks = new byte[FIRST_CAPACITY];
  private short[] noteLengths = new short[FIRST_CAPACITY];
  private int[] offsets = new int[FIRST_CAPACITY];
  private @Nullable Object[] answers = new Object[FIRST_CAPACITY];
  private final Notes notes = new Notes();
  private final Note note = new Note();
  private long head;
  private long tail;

  /** How many replies are owed. */
  int size() {
    return (int) (tail - head);
  }

  boolean isEmpty() {
    return head == tail;
  }

  /**
   * Adds a waiting place for the reply to a command of a data node.
   *
   * @return its ticket
   */
  long add(int verb, long form, Note requestNote, boolean noreply) {
    if (size() == forms.length) {
      grow();
    }
    int at = at(tail);
    forms[at] = form;
    verbs[at] = (byte) verb;
    marks[at] = noreply ? NOREPLY : 0;
    noteLengths[at] = (short) requestNote.length();
    notes.add(requestNote);
    answers[at] = null;
    return tail++;
  }

  /** Adds a place for a reply that has nothing to do with items. */
  long add(long form, Note requestNote, boolean noreply) {
    return add(NO_VERB, form, requestNote, noreply);
  }

  /** Tells whether the ticket is that of the first place, whose turn it is. */
  boolean isFirst(long ticket) {
    return ticket == head;
  }

  /** Answers a waiting place with a {@link Reply} or a {@link Status}. */
  void answer(long ticket, Object replyOrStatus) {
    answers[waiting(ticket)] = replyOrStatus;
  }

  /** Answers a waiting place with a reply that stands in a frame, which the queue then holds. */
  void answer(long ticket, Frame frame, int offset) {
    int at = waiting(ticket);
    frame.retain();
    answers[at] = frame;
    offsets[at] = offset;
  }

  private int waiting(long ticket) {
    if (ticket < head || ticket >= tail || answers[at(ticket)] != null) {
      throw new IllegalStateException("ticket " + ticket + " of " + head + ".." + tail);
    }
    return at(ticket);
  }

  /** What the first place holds: null while it is waiting, or if there is none. */
  @Nullable Object firstAnswer() {
    return isEmpty() ? null : answers[at(head)];
  }

  /** Where in its frame the first place's reply stands. */
  int firstOffset() {
    return offsets[at(head)];
  }

  /** How the first place's reply shall look. */
  long firstForm() {
    return forms[at(head)];
  }

  /** What was noted of the first place's request; a view that the next call reuses. */
  Note firstNote() {
    return notes.first(noteLengths[at(head)], note);
  }

  /** The ordinal of the first place's verb, or -1. */
  int firstVerb() {
    return verbs[at(head)];
  }

  /** Whether the first place's reply is not to be sent. */
  boolean firstIsNoreply() {
    return marks[at(head)] == NOREPLY;
  }

  /** Removes the first place. */
  void removeFirst() {
    answers[at(head)] = null;
    notes.removeFirst(noteLengths[at(head)]);
    head++;
    if (head == tail && forms.length > 256) {
      shrink();
    }
  }

  /** Removes all places, giving back the frames that they hold. */
  void clear(FramePool pool) {
    for (long ticket = head; ticket < tail; ticket++) {
      if (answers[at(ticket)] instanceof Frame frame) {
        pool.release(frame);
      }
    }
    head = tail;
    notes.clear();
    shrink();
  }

  private int at(long ticket) {
    return (int) ticket & (forms.length - 1);
  }

  private void grow() {
    int capacity = forms.length * 2;
    long[] newForms = new long[capacity];
    byte[] newVerbs = new byte[capacity];
    byte[] newMarks = new byte[capacity];
    short[] newNoteLengths = new short[capacity];
    int[] newOffsets = new int[capacity];
    @Nullable Object[] newAnswers = new Object[capacity];
    for (long ticket = head; ticket < tail; ticket++) {
      int source = at(ticket);
      int target = (int) ticket & (capacity - 1);
      newForms[target] = forms[source];
      newVerbs[target] = verbs[source];
      newMarks[target] = marks[source];
      newNoteLengths[target] = noteLengths[source];
      newOffsets[target] = offsets[source];
      newAnswers[target] = answers[source];
    }
    forms = newForms;
    verbs = newVerbs;
    marks = newMarks;
    noteLengths = newNoteLengths;
    offsets = newOffsets;
    answers = newAnswers;
  }

  /** Gives a large ring back once it is empty, so that one burst is not paid for ever. */
  private void shrink() {
    forms = new long[FIRST_CAPACITY];
    verbs = new byte[FIRST_CAPACITY];
    marks = new byte[FIRST_CAPACITY];
    noteLengths = new short[FIRST_CAPACITY];
    offsets = new int[FIRST_CAPACITY];
    answers = new Object[FIRST_CAPACITY];
  }

  /** Throws if the ring contradicts itself; for tests. */
  void assertConsistent() {
    if (tail < head || size() > forms.length) {
      throw new AssertionError("head " + head + ", tail " + tail + " of " + forms.length);
    }
    long held = Arrays.stream(answers).filter(a -> a != null).count();
    if (held > size()) {
      throw new AssertionError(held + " answers in " + size() + " places");
    }
  }
}
