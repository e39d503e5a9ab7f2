package dev.flagstone.launcher.embedded;

import dev.flagstone.launcher.embedded.ListenOptions.Listener;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds out before anything starts whether every listener can open, and says in one line which
 * cannot. It opens and closes each port; who takes one in the moment between is reported by the
 * listener itself, less well.
 */
final class PortCheck {

  private PortCheck() {}

  static void check(ListenOptions options, ProxiedPolicy proxied) throws StartException {
    Map<Integer, String> chosen = new HashMap<>();
    List<Listener> listeners = options.listeners(proxied);
    for (Listener listener : listeners) {
      String other = listener.port() == 0 ? null : chosen.put(listener.port(), listener.option());
      if (other != null) {
        throw new StartException(
            other + " and " + listener.option() + " are both " + listener.port());
      }
    }
    for (Listener listener : listeners) {
      check(listener);
    }
  }

  private static void check(Listener listener) throws StartException {
    InetAddress address = resolve(listener);
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as the listener will: what only lingers from before is free
      socket.bind(new InetSocketAddress(address, listener.port()));
    } catch (IOException e) {
      throw new StartException(reason(listener, e), e);
    }
  }

  private static InetAddress resolve(Listener listener) throws StartException {
    try {
      return InetAddress.getByName(listener.address());
    } catch (UnknownHostException e) {
      throw new StartException("the address " + listener.address() + " is unknown", e);
    }
  }

  private static String reason(Listener listener, IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("assign requested address")) {
      return "no interface of this machine has the address " + listener.address();
    }
    String port = "port " + listener.port();
    String remedy = "; choose another with " + listener.option();
    if (failure instanceof BindException && message.contains("in use")) {
      return port + " is in use" + remedy;
    }
    if (message.contains("denied")) {
      return port + " may not be opened by this user" + remedy;
    }
    return port + " cannot be opened: " + failure.getMessage() + remedy;
  }
}
