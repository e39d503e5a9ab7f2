package dev.flagstone.launcher.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client of the platform's own TLS, of which a test says every byte. */
final class TlsClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  private TlsClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** How a client introduces itself. */
  @SuppressWarnings("ArrayRecordComponent")
  record Manner(
      Path authority,
      @Nullable String serverName,
      @Nullable Path certificate,
      @Nullable Path key,
      List<String> protocols,
      byte[] preamble) {

    static Manner trusting(Path authority) {
      return new Manner(
          authority, "localhost", null, null, List.of("TLSv1.3", "TLSv1.2"), new byte[0]);
    }

    Manner asking(String name) {
      return new Manner(authority, name, certificate, key, protocols, preamble);
    }

    Manner showing(Path newCertificate, Path newKey) {
      return new Manner(authority, serverName, newCertificate, newKey, protocols, preamble);
    }

    Manner speaking(String protocol) {
      return new Manner(authority, serverName, certificate, key, List.of(protocol), preamble);
    }

    Manner after(byte[] newPreamble) {
      return new Manner(authority, serverName, certificate, key, protocols, newPreamble);
    }
  }

  static TlsClient connect(int port, Manner manner) throws Exception {
    Socket plain = plainSocket(port);
    plain.getOutputStream().write(manner.preamble());
    SSLSocket socket =
        (SSLSocket) context(manner).getSocketFactory().createSocket(plain, "localhost", port, true);
    socket.setEnabledProtocols(manner.protocols().toArray(String[]::new));
    if (manner.serverName() != null) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(manner.serverName())));
      socket.setSSLParameters(parameters);
    }
    socket.startHandshake();
    return new TlsClient(socket);
  }

  /** A client without TLS. */
  static TlsClient connectPlain(int port) throws IOException {
    return new TlsClient(plainSocket(port));
  }

  private static Socket plainSocket(int port) throws IOException {
    Socket plain = new Socket();
    plain.setTcpNoDelay(true);
    plain.setSoTimeout(TIMEOUT_MILLIS);
    plain.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
    return plain;
  }

  private static SSLContext context(Manner manner) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificates(manner.authority())[0]);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (manner.certificate() != null && manner.key() != null) {
      String pem = Files.readString(manner.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
      own.setKeyEntry(
          "own",
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))),
          new char[0],
          certificates(manner.certificate()));
    }
    keys.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static Certificate[] certificates(Path file) throws Exception {
    try (InputStream pem = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(pem)
          .toArray(Certificate[]::new);
    }
  }

  /** The serial number of the certificate that the server has shown. */
  String serial() throws SSLPeerUnverifiedException {
    X509Certificate shown =
        (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    return shown.getSerialNumber().toString(16);
  }

  String protocol() {
    return ((SSLSocket) socket).getSession().getProtocol();
  }

  TlsClient send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  TlsClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Ends the sending half. */
  void endInput() throws IOException {
    socket.shutdownOutput();
  }

  /** The next line, without its end; empty if the server has closed. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /** The next bytes, as many as asked for unless the server closes before. */
  byte[] bytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  String exchange(String command) throws IOException {
    return send(command + "\r\n").line();
  }

  String login(String username, String password) throws IOException {
    return exchange("set " + username + " 0 0 " + password.length() + "\r\n" + password);
  }

  /** Whether the server closes within the time that a change may take. */
  boolean closesWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
