package dev.flagstone.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What many connections cost: connects thousands at once, each of which logs in and stays, while 50
 * others go on asking; tells the memory of the server's process for each, and the latency of the 50
 * before, during and after.
 *
 * <pre>
 * Connections PORT USERNAME PASSWORD PID [COUNT [WINDOW_SECONDS]]
 * </pre>
 *
 * <p>Loopback only, from four source addresses, so that no range of ports runs out; it ends by
 * itself.
 */
public final class Connections {

  private static final int BUSY = 50;
  private static final int BUSY_REQUESTS_PER_SECOND = 100;
  private static final int SOURCES = 4;
  private static final int MAX_COUNT = 100_000;
  private static final long STORM_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final int WARM_UP_WINDOWS = 2;
  private static final int WINDOWS = 3;

  private final int port;
  private final byte[] login;
  private final long pid;
  private final int count;
  private final int windowSeconds;

  private Connections(String[] arguments) {
    port = Integer.parseInt(arguments[0]);
    login =
        ("set " + arguments[1] + " 0 0 " + arguments[2].length() + "\r\n" + arguments[2] + "\r\n")
            .getBytes(US_ASCII);
    pid = Long.parseLong(arguments[3]);
    count = Math.min(MAX_COUNT, arguments.length > 4 ? Integer.parseInt(arguments[4]) : 16_000);
    windowSeconds = arguments.length > 5 ? Integer.parseInt(arguments[5]) : 5;
  }

  /** Measures, and prints. */
  public static void main(String[] arguments) throws Exception {
    new Connections(arguments).run();
  }

  private void run() throws Exception {
    try (Busy busy = new Busy()) {
      windows(busy, WARM_UP_WINDOWS, "warm-up");
      double before = windows(busy, WINDOWS, "50 busy connections alone");
      long rssBefore = rssBytes();
      int filesBefore = openFiles();
      busy.reset();
      List<SocketChannel> open = storm();
      print("50 busy connections during the storm", busy.percentiles());
      long rssAfter = rssBytes();
      double beside = windows(busy, WINDOWS, "50 busy connections beside " + count);
      System.out.printf(
          Locale.ROOT,
          "memory   %.1f KiB of RSS for each of %d connections (%d MiB before, %d after)%n",
          (rssAfter - rssBefore) / 1024.0 / open.size(),
          open.size(),
          rssBefore >> 20,
          rssAfter >> 20);
      System.out.printf(Locale.ROOT, "p99      %+.0f %%%n", 100 * (beside / before - 1));
      close(open);
      System.out.printf("leak     %d descriptors%n", awaitFiles(filesBefore) - filesBefore);
    }
  }

  /** Prints some windows, and returns the median of their p99 in microseconds. */
  private double windows(Busy busy, int windows, String what) throws InterruptedException {
    double[] p99 = new double[windows];
    for (int i = 0; i < windows; i++) {
      busy.reset();
      Thread.sleep(TimeUnit.SECONDS.toMillis(windowSeconds));
      double[] found = busy.percentiles();
      print(what, found);
      p99[i] = found[1];
    }
    Arrays.sort(p99);
    return p99[windows / 2];
  }

  private static void print(String what, double[] micros) {
    System.out.printf(
        Locale.ROOT,
        "latency  p50 %7.0f  p99 %7.0f  p99.9 %7.0f  max %8.0f us  %s%n",
        micros[0],
        micros[1],
        micros[2],
        micros[3],
        what);
  }

  private SocketChannel connect(int number) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.bind(new InetSocketAddress("127.0.0." + (2 + number % SOURCES), 0));
    channel.configureBlocking(false);
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    return channel;
  }

  /** Connects all at once, and waits until each has logged in. */
  private List<SocketChannel> storm() throws IOException {
    long begun = System.nanoTime();
    List<SocketChannel> open = new ArrayList<>(count);
    ByteBuffer buffer = ByteBuffer.allocateDirect(512);
    int in = 0;
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < count; i++) {
        SocketChannel channel = connect(i);
        open.add(channel);
        channel.register(selector, SelectionKey.OP_CONNECT);
      }
      long connecting = System.nanoTime();
      while (in < count && System.nanoTime() - begun < STORM_LIMIT_NANOS) {
        selector.select(100);
        for (SelectionKey key : selector.selectedKeys()) {
          in += advance(key, buffer);
        }
        selector.selectedKeys().clear();
      }
      System.out.printf(
          Locale.ROOT,
          "storm    %d of %d logged in after %.1f s (connects sent within %.1f s)%n",
          in,
          count,
          (System.nanoTime() - begun) / 1e9,
          (connecting - begun) / 1e9);
    }
    return open;
  }

  private int advance(SelectionKey key, ByteBuffer buffer) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    if (key.isConnectable()) {
      channel.finishConnect();
      channel.write(ByteBuffer.wrap(login));
      key.interestOps(SelectionKey.OP_READ);
      return 0;
    }
    buffer.clear();
    if (channel.read(buffer) < "STORED\r\n".length() || buffer.get(0) != 'S') {
      throw new IOException("a login was not taken");
    }
    key.cancel();
    return 1;
  }

  private static void close(List<SocketChannel> open) throws IOException {
    for (SocketChannel channel : open) {
      channel.close();
    }
  }

  private int awaitFiles(int expected) throws IOException, InterruptedException {
    int files = openFiles();
    for (int i = 0; i < 100 && files > expected; i++) {
      Thread.sleep(100);
      files = openFiles();
    }
    return files;
  }

  private int openFiles() {
    String[] files = Path.of("/proc", Long.toString(pid), "fd").toFile().list();
    return files == null ? 0 : files.length;
  }

  private long rssBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no process " + pid);
  }

  /** Connections that each ask for a key a hundred times a second, in one thread. */
  private final class Busy implements AutoCloseable {

    private static final int MAX_SAMPLES = 4_000_000;

    private final byte[] request = "get busy\r\n".getBytes(US_ASCII);
    private final long[] samples = new long[MAX_SAMPLES];
    private final Thread thread = new Thread(this::ask, "busy");
    private volatile int taken;
    private volatile boolean done;
    private volatile @Nullable IOException failure;

    Busy() {
      thread.start();
    }

    void reset() {
      taken = -1; // the thread starts anew
    }

    /** p50, p99, p99.9 and the largest, in microseconds. */
    double[] percentiles() {
      IOException failed = failure;
      if (failed != null) {
        throw new IllegalStateException("a busy connection failed", failed);
      }
      long[] sorted = Arrays.copyOf(samples, Math.max(1, taken));
      Arrays.sort(sorted);
      return new double[] {
        at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), sorted[sorted.length - 1] / 1e3
      };
    }

    private static double at(long[] sorted, double share) {
      return sorted[(int) (sorted.length * share)] / 1e3;
    }

    private void ask() {
      try (Selector selector = Selector.open()) {
        long[] due = new long[BUSY];
        SocketChannel[] channels = new SocketChannel[BUSY];
        long periodNanos = TimeUnit.SECONDS.toNanos(1) / BUSY_REQUESTS_PER_SECOND;
        long start = System.nanoTime();
        for (int i = 0; i < BUSY; i++) {
          channels[i] = logIn(i);
          channels[i].register(selector, SelectionKey.OP_READ, i);
          due[i] = start + periodNanos * i / BUSY;
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(512);
        boolean[] waiting = new boolean[BUSY];
        while (!done) {
          long now = System.nanoTime();
          for (int i = 0; i < BUSY; i++) {
            if (!waiting[i] && now - due[i] >= 0) {
              channels[i].write(ByteBuffer.wrap(request));
              waiting[i] = true;
            }
          }
          if (selector.selectNow() == 0) {
            LockSupport.parkNanos(50_000);
            continue;
          }
          for (SelectionKey key : selector.selectedKeys()) {
            int i = (int) key.attachment();
            buffer.clear();
            if (channels[i].read(buffer) < 0) {
              throw new IOException("closed by the server");
            }
            waiting[i] = false;
            // From when it was due, so that what waits behind a slow reply counts too.
            note(System.nanoTime() - due[i]);
            due[i] += periodNanos;
          }
          selector.selectedKeys().clear();
        }
        for (SocketChannel channel : channels) {
          channel.close();
        }
      } catch (IOException e) {
        failure = e;
      }
    }

    private SocketChannel logIn(int number) throws IOException {
      SocketChannel channel = connect(number);
      channel.configureBlocking(true);
      channel.finishConnect();
      channel.write(ByteBuffer.wrap(login));
      channel.read(ByteBuffer.allocate(64));
      channel.configureBlocking(false);
      return channel;
    }

    private void note(long nanos) {
      int at = Math.max(0, taken);
      if (at < MAX_SAMPLES) {
        samples[at] = nanos;
        taken = at + 1;
      }
    }

    @Override
    public void close() {
      done = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
