package dev.flagstone.e2e.kit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A second address of a server: it hands on every byte, until it is closed. Two of them are to a
 * client what two proxies of one cluster are: both reach the same items, and each can go away.
 */
public final class Relay implements AutoCloseable {

  /** Addresses of loopback other than 127.0.0.1, as the server counts failed logins by source. */
  private static final AtomicInteger SOURCES = new AtomicInteger(1);

  private final int port;
  private final InetAddress source;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private Relay(int port) throws IOException {
    this.port = port;
    this.source = InetAddress.getByName("127.0.0." + SOURCES.incrementAndGet());
    this.listener = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
  }

  /** Opens one to this port; the server sees its connections come from a source of their own. */
  public static Relay to(int port) throws IOException {
    Relay relay = new Relay(port);
    relay.start("relay", relay::accept);
    return relay;
  }

  /** Where it listens, as {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** How many connections it has taken. */
  public int connections() {
    return connections.get();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      connections.incrementAndGet();
      Socket server = new Socket();
      sockets.add(client);
      sockets.add(server);
      server.bind(new InetSocketAddress(source, 0));
      server.connect(new InetSocketAddress("127.0.0.1", port));
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      start("relay-in", () -> pump(client, server));
      start("relay-out", () -> pump(server, client));
      if (listener.isClosed()) {
        close(); // the two may have come after it looked for what to close
      }
    }
  }

  private void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  /** Something that ends when its sockets are closed. */
  @FunctionalInterface
  private interface Task {
    void run() throws IOException;
  }

  private void start(String name, Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // Closed by either side: that is what it is for.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Goes away: its connections break, and nobody listens any more. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
