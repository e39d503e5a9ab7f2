package dev.flagstone.e2e.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A socket of which the test says every byte. Text is of ISO 8859-1, which has a character for
 * each; every wait is bounded.
 */
public final class RawClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final byte[] buffer = new byte[64 * 1024];
  private int from;
  private int to;

  private RawClient(Socket socket) {
    this.socket = socket;
  }

  /** Connects to a port of this machine. */
  public static RawClient connect(int port) throws IOException {
    return connect(port, "127.0.0.1");
  }

  /** The same from another address of the loopback interface: 127.0.0.0/8 is all this machine's. */
  public static RawClient connect(int port, String source) throws IOException {
    return connect(port, source, 0);
  }

  /** The same with a receive buffer of this size, or the usual one for 0. */
  public static RawClient connect(int port, String source, int receiveBytes) throws IOException {
    Socket socket = new Socket();
    try {
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
      socket.connect(
          new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), TIMEOUT_MILLIS);
      return new RawClient(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Logs in, and fails if that does not succeed. */
  public RawClient login(String username, String password) throws IOException {
    String answer =
        exchange("set " + username + " 0 0 " + password.length() + "\r\n" + password + "\r\n");
    if (!answer.equals("STORED")) {
      close();
      throw new AssertionError("the login was answered " + answer);
    }
    return this;
  }

  /** Sends text as it is. */
  public RawClient send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  /** Sends bytes. */
  public RawClient send(byte[] bytes) throws IOException {
    return send(bytes, 0, bytes.length);
  }

  /** Sends a part of an array. */
  public RawClient send(byte[] bytes, int offset, int length) throws IOException {
    socket.getOutputStream().write(bytes, offset, length);
    return this;
  }

  /** Sends text and returns the line that is answered. */
  public String exchange(String text) throws IOException {
    return send(text).line();
  }

  /** The next line, without its end. */
  public String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = next(); b != '\n'; b = next()) {
      line.write(b);
    }
    String text = line.toString(ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new AssertionError("a line without \\r\\n: " + text);
    }
    return text.substring(0, text.length() - 1);
  }

  /** The next bytes. */
  public byte[] read(int count) throws IOException {
    byte[] bytes = new byte[count];
    int filled = 0;
    while (filled < count) {
      fill();
      int some = Math.min(count - filled, to - from);
      System.arraycopy(buffer, from, bytes, filled, some);
      filled += some;
      from += some;
    }
    return bytes;
  }

  /** The next bytes as text. */
  public String text(int count) throws IOException {
    return new String(read(count), ISO_8859_1);
  }

  private int next() throws IOException {
    fill();
    return buffer[from++] & 0xFF;
  }

  private void fill() throws IOException {
    if (from == to) {
      int count = socket.getInputStream().read(buffer);
      if (count < 0) {
        throw new EOFException("the server has closed the connection");
      }
      from = 0;
      to = count;
    }
  }

  /** The value of a key, or null if there is none. */
  public byte @org.jspecify.annotations.Nullable [] get(String key) throws IOException {
    String header = exchange("get " + key + "\r\n");
    if (header.equals("END")) {
      return null;
    }
    byte[] value = read(Integer.parseInt(header.substring(header.lastIndexOf(' ') + 1)));
    if (!line().isEmpty() || !line().equals("END")) {
      throw new AssertionError("a value that ends badly");
    }
    return value;
  }

  /** The answer to a {@code stats} command. */
  public Map<String, String> stats(String command) throws IOException {
    Map<String, String> stats = new LinkedHashMap<>();
    String line = exchange(command + "\r\n");
    while (line.startsWith("STAT ")) {
      String[] words = line.split(" ", 3);
      stats.put(words[1], words[2]);
      line = line();
    }
    if (!line.equals("END")) {
      throw new AssertionError(command + " ends with " + line);
    }
    return stats;
  }

  /** One number of {@code stats}. */
  public long stat(String name) throws IOException {
    String value = stats("stats").get(name);
    if (value == null) {
      throw new AssertionError("stats lacks " + name);
    }
    return Long.parseLong(value);
  }

  /** Closes the way to the server; what it sends can still be read. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /**
   * All bytes until the server closes the connection.
   *
   * @throws AssertionError if it does not in time
   */
  public byte[] untilClosed(Duration atMost) throws IOException {
    long deadline = System.nanoTime() + atMost.toNanos();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(buffer, from, to - from);
    from = to;
    InputStream in = socket.getInputStream();
    try {
      while (true) {
        long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
          throw stillOpen(atMost, all);
        }
        socket.setSoTimeout((int) leftMillis);
        int count = in.read(buffer);
        if (count < 0) {
          return all.toByteArray();
        }
        all.write(buffer, 0, count);
      }
    } catch (SocketTimeoutException e) {
      throw stillOpen(atMost, all);
    } catch (SocketException e) {
      return all.toByteArray(); // reset: closed as well
    } finally {
      from = 0;
      to = 0;
      if (!socket.isClosed()) {
        socket.setSoTimeout(TIMEOUT_MILLIS);
      }
    }
  }

  private static AssertionError stillOpen(Duration atMost, ByteArrayOutputStream received) {
    return new AssertionError(
        "still open after "
            + atMost.toMillis()
            + " ms, received: "
            + received.toString(ISO_8859_1));
  }

  /** What {@link #untilClosed} brings, as text. */
  public String textUntilClosed(Duration atMost) throws IOException {
    return new String(untilClosed(atMost), ISO_8859_1);
  }

  /** What arrives within this time: nothing, normally. */
  public byte[] arrivingWithin(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      fill();
      byte[] bytes = Arrays.copyOfRange(buffer, from, to);
      from = to;
      return bytes;
    } catch (SocketTimeoutException e) {
      return new byte[0];
    } finally {
      socket.setSoTimeout(TIMEOUT_MILLIS);
    }
  }

  /** Closes with a reset instead of an orderly end. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
