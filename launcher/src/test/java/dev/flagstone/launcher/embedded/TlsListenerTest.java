package dev.flagstone.launcher.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstone.config.MemorySize;
import dev.flagstone.launcher.embedded.TlsClient.Manner;
import dev.flagstone.launcher.registry.CredentialRequest;
import dev.flagstone.launcher.registry.IssuedToken;
import dev.flagstone.launcher.registry.RegistryEditor;
import dev.flagstone.launcher.tls.DevelopmentCa;
import dev.flagstone.launcher.tls.DevelopmentCa.Pair;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.time.TimeSource;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The listeners of a whole process, with the platform's own TLS on the other side. */
final class TlsListenerTest {

  private static final String IN = "VERSION 1.6.45 flagstone/test";
  private static final String OUT = "CLIENT_ERROR unauthenticated";

  /** A change reaches sessions within a second; the rest is for a busy machine. */
  private static final int CHANGE_MILLIS = 3_000;

  @TempDir private Path directory;
  private Embedded.@Nullable Running running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  private Path data() {
    return directory.resolve("data");
  }

  private RegistryEditor editor() {
    return new RegistryEditor(data(), new SecureRandom());
  }

  private DevelopmentCa ca() {
    return new DevelopmentCa(data(), new SecureRandom());
  }

  /** Starts a process at a site with these settings. */
  private Embedded.Running start(String... settings) throws Exception {
    Path conf = Files.writeString(directory.resolve("conf"), String.join("\n", settings));
    SiteConfig site = SiteConfig.load(conf);
    ListenOptions listen = new ListenOptions("127.0.0.1", 0, "127.0.0.1", 0, 0, 0);
    RunOptions options = new RunOptions(data(), new MemorySize(16 << 20), 1, listen, site);
    Embedded.Running started =
        Embedded.start(
            options, new EmbeddedWiring("test", TimeSource.system()), TimeSource.system());
    running = started;
    return started;
  }

  private static int port(String server) {
    return Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
  }

  private TlsClient connect(Embedded.Running server, Manner manner) throws Exception {
    return TlsClient.connect(port(server.addresses().tlsServer()), manner);
  }

  private Manner trusting() {
    return Manner.trusting(ca().certificate());
  }

  private String demo(Embedded.Running server, String variable) throws IOException {
    return Files.readAllLines(server.env().file()).stream()
        .filter(line -> line.startsWith(variable + "="))
        .map(line -> line.substring(variable.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private String username(Embedded.Running server) throws IOException {
    return demo(server, "MEMCACHIER_USERNAME");
  }

  private static void await(String what, Probe probe) throws Exception {
    long deadline = System.nanoTime() + CHANGE_MILLIS * 1_000_000L;
    while (!probe.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private interface Probe {
    boolean holds() throws Exception;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void clientWithoutIdentity_logsInAsOnPlainText(String protocol) throws Exception {
    Embedded.Running server = start();
    assertThat(demo(server, "FLAGSTONE_CA")).isEqualTo(ca().certificate().toString());
    assertThat(demo(server, "FLAGSTONE_TLS_SERVERS")).isEqualTo(server.addresses().tlsServer());
    try (TlsClient client = connect(server, trusting().speaking(protocol))) {
      assertThat(client.protocol()).isEqualTo(protocol);
      assertThat(client.exchange("get a")).isEqualTo(OUT);
      assertThat(client.login(username(server), demo(server, "MEMCACHIER_PASSWORD")))
          .isEqualTo("STORED");
      assertThat(client.exchange("set a 0 0 1\r\nx")).isEqualTo("STORED");
    }
    try (TlsClient guesser = connect(server, trusting())) {
      assertThat(guesser.login(username(server), "wrong"))
          .isEqualTo("CLIENT_ERROR authentication failure");
      assertThat(guesser.line()).isEmpty();
    }
  }

  @Test
  void pipelinedSets_splitAnywhereAcrossRecords_areAllStored() throws Exception {
    Embedded.Running server = start();
    IssuedToken issued = editor().enableToken("demo");
    try (TlsClient client = connectWithToken(server, issued)) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        text.append("set k" + i + " 0 0 " + (i * 37) + "\r\n" + "v".repeat(i * 37) + "\r\n");
      }
      byte[] all = text.toString().getBytes(ISO_8859_1);
      int[] steps = {1, 2, 3, 5, 7, 16_384, 16_385, 31, 4_099};
      int at = 0;
      for (int i = 0; at < all.length; i++) { // each send is a record, or several
        int length = Math.min(steps[i % steps.length], all.length - at);
        client.send(Arrays.copyOfRange(all, at, at + length));
        at += length;
      }
      for (int i = 0; i < 200; i++) {
        assertThat(client.line()).isEqualTo("STORED");
      }
      assertThat(client.exchange("get k199")).isEqualTo("VALUE k199 0 " + 199 * 37);
      assertThat(client.line()).isEqualTo("v".repeat(199 * 37));
    }
  }

  /** Connects until the server knows of the token. */
  private TlsClient connectWithToken(Embedded.Running server, IssuedToken issued) throws Exception {
    List<TlsClient> in = new ArrayList<>();
    await(
        "the token opens the cache",
        () -> {
          TlsClient client = connect(server, trusting().asking(issued.token() + ".flagstone.test"));
          if (client.exchange("get none").equals("END")) {
            return in.add(client);
          }
          client.close();
          return false;
        });
    return in.get(0);
  }

  @Test
  void token_opensItsCache_untilItIsRotatedOrDisabled() throws Exception {
    Embedded.Running server = start();
    IssuedToken first = editor().enableToken("demo");
    try (TlsClient client = connectWithToken(server, first)) {
      assertThat(client.exchange("set a 0 0 1\r\nx")).isEqualTo("STORED");
      IssuedToken second = editor().rotateToken("demo");
      assertThat(client.closesWithin(CHANGE_MILLIS)).isTrue();
      try (TlsClient late = connect(server, trusting().asking(first.token() + ".flagstone.test"));
          TlsClient next = connectWithToken(server, second)) {
        assertThat(late.exchange("get a")).isEqualTo(OUT);
        assertThat(next.exchange("delete a")).isEqualTo("DELETED");
        editor().disableToken("demo");
        assertThat(next.closesWithin(CHANGE_MILLIS)).isTrue();
      }
    }
  }

  @Test
  void everyProtocol_isSpokenWithAnIdentity() throws Exception {
    Embedded.Running server = start();
    IssuedToken issued = editor().enableToken("demo");
    try (TlsClient text = connectWithToken(server, issued)) {
      assertThat(text.exchange("ms a 1\r\nx")).isEqualTo("HD");
      assertThat(text.exchange("mg a v")).isEqualTo("VA 1");
    }
    try (TlsClient binary =
        connect(server, trusting().asking(issued.token() + ".flagstone.test"))) {
      byte[] get = new byte[25];
      get[0] = (byte) 0x80; // a request
      get[3] = 1; // bytes of the key
      get[11] = 1; // bytes of the body
      get[24] = 'a';
      byte[] reply = binary.send(get).bytes(24 + 4 + 1);
      assertThat(reply[0]).isEqualTo((byte) 0x81);
      assertThat(reply[7]).as("status").isZero();
      assertThat(reply[28]).isEqualTo((byte) 'x');
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%s.other.test", "%s.flagstone.test.evil", "x%s.flagstone.test", "flagstone.test"})
  void token_inAnotherName_opensNothing(String form) throws Exception {
    Embedded.Running server = start();
    IssuedToken issued = editor().enableToken("demo");
    connectWithToken(server, issued).close();
    try (TlsClient client = connect(server, trusting().asking(form.formatted(issued.token())))) {
      assertThat(client.exchange("get a")).isEqualTo(OUT);
    }
  }

  @Test
  void certificate_actsAsItsCredential_withItsCapabilities_untilThatIsRemoved() throws Exception {
    Embedded.Running server = start();
    editor().addCredential("demo", reader("reader"));
    Pair pair = ca().client("reader", Instant.now());
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      try (TlsClient client = showing(server, pair, protocol)) {
        assertThat(client.exchange("set a 0 0 1\r\nx")).isEqualTo("NOT_STORED");
        assertThat(client.exchange("delete a")).isEqualTo("CLIENT_ERROR write capability required");
      }
    }
    try (TlsClient client = showing(server, pair, "TLSv1.3")) {
      editor().changeCapabilities("demo", "reader", may -> EnumSet.of(Capability.WRITE));
      await("it may write", () -> client.exchange("set a 0 0 1\r\nx").equals("STORED"));
      assertThat(client.exchange("flush_all")).isEqualTo("CLIENT_ERROR flush capability required");
      editor().changeCapabilities("demo", "reader", may -> Set.of());
      await("it may not", () -> client.exchange("set a 0 0 1\r\nx").equals("NOT_STORED"));
      editor().removeCredential("demo", "reader");
      assertThat(client.closesWithin(CHANGE_MILLIS)).isTrue();
    }
    try (TlsClient client = connect(server, trusting().showing(pair.certificate(), pair.key()))) {
      assertThat(client.exchange("get a")).isEqualTo(OUT);
    }
  }

  private static CredentialRequest reader(String username) {
    return new CredentialRequest(Optional.of(username), Optional.empty(), Set.of());
  }

  private TlsClient showing(Embedded.Running server, Pair pair, String protocol) throws Exception {
    List<TlsClient> in = new ArrayList<>();
    Manner manner = trusting().showing(pair.certificate(), pair.key()).speaking(protocol);
    await(
        "the certificate is somebody's",
        () -> {
          TlsClient client = connect(server, manner);
          if (client.exchange("get none").equals("END")) {
            return in.add(client);
          }
          client.close();
          return false;
        });
    return in.get(0);
  }

  @Test
  void certificateOfAnotherAuthority_isRefused() throws Exception {
    Embedded.Running server = start();
    DevelopmentCa other = new DevelopmentCa(directory.resolve("other"), new SecureRandom());
    Pair pair = other.client(username(server), Instant.now());
    assertThatThrownBy(
            () -> {
              try (TlsClient client =
                  connect(
                      server,
                      trusting().showing(pair.certificate(), pair.key()).speaking("TLSv1.2"))) {
                assertThat(client.exchange("get a")).isEqualTo("END");
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void identities_thatAreSwitchedOff_openNothing() throws Exception {
    Embedded.Running server = start("tls.identity.token=false", "tls.identity.certificate=false");
    IssuedToken issued = editor().enableToken("demo");
    Pair pair = ca().client(username(server), Instant.now());
    Thread.sleep(500);
    Manner both =
        trusting()
            .asking(issued.token() + ".flagstone.test")
            .showing(pair.certificate(), pair.key());
    try (TlsClient client = connect(server, both)) {
      assertThat(client.exchange("get a")).isEqualTo(OUT);
    }
  }

  @Test
  void newCertificate_isShownToNewConnections_andLiveOnesStay() throws Exception {
    Pair old = ca().server("flagstone.test", Instant.now());
    Path certificate = Files.copy(old.certificate(), directory.resolve("site.pem"));
    Path key = Files.copy(old.key(), directory.resolve("site.key"));
    Embedded.Running server = start("tls.certificate=site.pem", "tls.key=site.key");
    try (TlsClient live = connect(server, trusting())) {
      assertThat(live.exchange("version")).isEqualTo(IN);
      Files.delete(old.certificate());
      Pair renewed = ca().server("flagstone.test", Instant.now());
      replace(renewed.certificate(), certificate); // for now it does not fit the key
      Thread.sleep(1_500);
      try (TlsClient between = connect(server, trusting())) {
        assertThat(between.serial()).isEqualTo(live.serial());
      }
      replace(renewed.key(), key);
      await(
          "new connections see the new certificate",
          () -> {
            try (TlsClient next = connect(server, trusting())) {
              return !next.serial().equals(live.serial());
            }
          });
      assertThat(live.exchange("version")).isEqualTo(IN);
    }
  }

  private static void replace(Path from, Path to) throws IOException {
    Path next = Files.copy(from, to.resolveSibling("next"));
    Files.move(next, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void severalCertificates_areChosenByServerName() throws Exception {
    DevelopmentCa second = new DevelopmentCa(directory.resolve("second"), new SecureRandom());
    Pair one = ca().server("one.test", Instant.now());
    Pair two = second.server("two.test", Instant.now());
    Embedded.Running server =
        start(
            "tls.certificate=" + one.certificate() + "," + two.certificate(),
            "tls.key=" + one.key() + "," + two.key());
    try (TlsClient toOne = connect(server, trusting().asking("x.one.test"));
        TlsClient toUnknown = connect(server, trusting().asking("unknown.test"));
        TlsClient toTwo =
            connect(server, Manner.trusting(second.certificate()).asking("x.two.test"))) {
      assertThat(toUnknown.serial()).isEqualTo(toOne.serial());
      assertThat(toTwo.serial()).isNotEqualTo(toOne.serial());
    }
  }

  @Test
  void site_withUnusableCertificates_doesNotStart() throws Exception {
    Pair one = ca().server("one.test", Instant.now());
    Pair two =
        new DevelopmentCa(directory.resolve("second"), new SecureRandom())
            .server("two.test", Instant.now());
    assertThatThrownBy(() -> start("tls.certificate=" + one.certificate(), "tls.key=" + two.key()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("do not belong together");
    assertThatThrownBy(() -> start("tls.certificate=none.pem", "tls.key=none.key"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no such file");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void clientThatEndsItsHalf_getsItsReplies_andIsFreedAtOnce(boolean tls) throws Exception {
    Embedded.Running server = start();
    int bound = port(server.addresses().boundServer());
    try (TlsClient client = tls ? connect(server, trusting()) : TlsClient.connectPlain(bound)) {
      assertThat(client.exchange("version")).isEqualTo(IN); // the handshake is over on both sides
      client.send("version\r\nversion\r\n");
      client.endInput();
      assertThat(client.line()).isEqualTo(IN);
      assertThat(client.line()).isEqualTo(IN);
      assertThat(client.closesWithin(1_000)).isTrue();
    }
  }

  @Test
  void idleSession_isClosed_andBusyOneIsNot() throws Exception {
    Embedded.Running server = start("connections.idle-seconds=1");
    int bound = port(server.addresses().boundServer());
    try (TlsClient idle = TlsClient.connectPlain(bound);
        TlsClient busy = TlsClient.connectPlain(bound)) {
      for (int i = 0; i < 30; i++) {
        assertThat(busy.exchange("version")).isEqualTo(IN);
        Thread.sleep(100);
      }
      assertThat(idle.closesWithin(100)).isTrue();
    }
  }

  @Test
  void oneConnectionTooMany_isToldSo_alsoIfItHasSentSomething() throws Exception {
    Embedded.Running server = start("connections.max=2", "connections.max-per-cache=1");
    int bound = port(server.addresses().boundServer());
    int memcache = port(server.addresses().memcacheServer());
    String refusal = "SERVER_ERROR too many open connections";
    try (TlsClient first = TlsClient.connectPlain(bound)) {
      assertThat(first.exchange("version")).isEqualTo(IN);
      try (TlsClient ofTheSameCache = TlsClient.connectPlain(bound)) {
        assertThat(ofTheSameCache.exchange("get a\r\nget b")).isEqualTo(refusal);
        assertThat(ofTheSameCache.closesWithin(2_000)).isTrue();
      }
      try (TlsClient second = TlsClient.connectPlain(memcache)) {
        assertThat(second.login(username(server), demo(server, "MEMCACHIER_PASSWORD")))
            .isEqualTo(refusal);
      }
      try (TlsClient second = connectWhenThereIsRoom(memcache)) {
        try (TlsClient third = TlsClient.connectPlain(memcache)) {
          assertThat(third.line()).isEqualTo(refusal);
        }
        assertThat(second.exchange("version")).isEqualTo(IN);
      }
      assertThat(first.exchange("version")).isEqualTo(IN);
    }
    connectWhenThereIsRoom(bound).close();
  }

  private static TlsClient connectWhenThereIsRoom(int port) throws Exception {
    List<TlsClient> in = new ArrayList<>();
    await(
        "there is room again",
        () -> {
          TlsClient client = TlsClient.connectPlain(port);
          if (client.exchange("version").equals(IN)) {
            return in.add(client);
          }
          client.close();
          return false;
        });
    return in.get(0);
  }

  @Test
  void proxiedListener_throttlesTheSourceInTheHeader_notTheBalancer() throws Exception {
    int proxied = freePort();
    start("proxied.enabled=true", "proxied.port=" + proxied, "proxied.tls=true");
    for (int i = 0; i < 3; i++) {
      assertThat(guessMillis(proxied, 1)).isLessThan(2_000);
    }
    for (int i = 0; i < 4; i++) {
      guessMillis(proxied, 1);
    }
    assertThat(guessMillis(proxied, 1)).isGreaterThan(1_500); // 100 ms doubled four times
    assertThat(guessMillis(proxied, 2)).isLessThan(1_500);
    try (TlsClient without = TlsClient.connectPlain(proxied)) {
      without.send("version\r\nversion\r\nversion\r\n");
      assertThat(without.closesWithin(7_000)).isTrue();
    }
  }

  /** How long a wrong password takes that comes from 192.0.2.x. */
  private long guessMillis(int port, int host) throws Exception {
    try (TlsClient client = TlsClient.connect(port, trusting().after(header(host)))) {
      long begun = System.nanoTime();
      assertThat(client.login("nobody", "wrong")).isEqualTo("CLIENT_ERROR authentication failure");
      return (System.nanoTime() - begun) / 1_000_000;
    }
  }

  /** The header of the PROXY protocol, version 2: signature, PROXY, TCP4, two addresses. */
  private static byte[] header(int host) {
    byte[] header = new byte[28];
    byte[] signature = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    System.arraycopy(signature, 0, header, 0, signature.length);
    byte[] rest = {0x21, 0x11, 0, 12, (byte) 192, 0, 2, (byte) host, 127, 0, 0, 1, 1, 1, 2, 2};
    System.arraycopy(rest, 0, header, signature.length, rest.length);
    return header;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
