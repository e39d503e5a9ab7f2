package dev.flagstone.e2e.clients;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.spotify.folsom.BinaryMemcacheClient;
import com.spotify.folsom.GetResult;
import com.spotify.folsom.MemcacheStatus;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import net.rubyeye.xmemcached.GetsResponse;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import org.jspecify.annotations.Nullable;

/** What Java's binary clients have in common, each in its own words. */
interface BinaryJavaClient extends AutoCloseable {

  boolean set(String key, byte[] value) throws Exception;

  byte @Nullable [] get(String key) throws Exception;

  boolean add(String key, byte[] value) throws Exception;

  boolean append(String key, byte[] value) throws Exception;

  boolean delete(String key) throws Exception;

  boolean touch(String key, int seconds) throws Exception;

  long incr(String key, long by, long initial) throws Exception;

  long casOf(String key) throws Exception;

  boolean cas(String key, byte[] value, long unique) throws Exception;

  @Override
  void close() throws IOException;

  /** The client of this snippet. */
  static BinaryJavaClient of(
      JavaSnippet snippet, FlagstoneProcess server, Map<String, String> changed) throws Exception {
    return switch (snippet) {
      case FOLSOM, FOLSOM_TLS -> {
        @SuppressWarnings("unchecked")
        BinaryMemcacheClient<byte[]> client =
            snippet.client(BinaryMemcacheClient.class, server, changed);
        yield new Folsom(client);
      }
      case SPYMEMCACHED ->
          new Spymemcached(
              snippet.client(net.spy.memcached.MemcachedClient.class, server, changed));
      case XMEMCACHED ->
          new Xmemcached(
              snippet.client(net.rubyeye.xmemcached.MemcachedClient.class, server, changed));
    };
  }

  /** folsom. */
  record Folsom(BinaryMemcacheClient<byte[]> client) implements BinaryJavaClient {

    private static <T> T done(CompletionStage<T> stage) throws Exception {
      return stage.toCompletableFuture().get(20, SECONDS);
    }

    private static boolean ok(CompletionStage<MemcacheStatus> stage) throws Exception {
      return done(stage) == MemcacheStatus.OK;
    }

    @Override
    public boolean set(String key, byte[] value) throws Exception {
      return ok(client.set(key, value, 0));
    }

    @Override
    public byte @Nullable [] get(String key) throws Exception {
      return done(client.get(key));
    }

    @Override
    public boolean add(String key, byte[] value) throws Exception {
      return ok(client.add(key, value, 0));
    }

    @Override
    public boolean append(String key, byte[] value) throws Exception {
      return ok(client.append(key, value));
    }

    @Override
    public boolean delete(String key) throws Exception {
      return ok(client.delete(key));
    }

    @Override
    public boolean touch(String key, int seconds) throws Exception {
      return ok(client.touch(key, seconds));
    }

    @Override
    public long incr(String key, long by, long initial) throws Exception {
      return done(client.incr(key, by, initial, 0));
    }

    @Override
    public long casOf(String key) throws Exception {
      GetResult<byte[]> found = done(client.casGet(key));
      return found.getCas();
    }

    @Override
    public boolean cas(String key, byte[] value, long unique) throws Exception {
      return ok(client.set(key, value, 0, unique));
    }

    @Override
    public void close() {
      client.shutdown();
    }
  }

  /** spymemcached. */
  record Spymemcached(net.spy.memcached.MemcachedClient client) implements BinaryJavaClient {

    private static boolean done(Future<Boolean> future) throws Exception {
      return future.get(20, SECONDS);
    }

    @Override
    public boolean set(String key, byte[] value) throws Exception {
      return done(client.set(key, 0, value));
    }

    @Override
    public byte @Nullable [] get(String key) {
      return (byte[]) client.get(key);
    }

    @Override
    public boolean add(String key, byte[] value) throws Exception {
      return done(client.add(key, 0, value));
    }

    @Override
    public boolean append(String key, byte[] value) throws Exception {
      return done(client.append(key, value));
    }

    @Override
    public boolean delete(String key) throws Exception {
      return done(client.delete(key));
    }

    @Override
    public boolean touch(String key, int seconds) throws Exception {
      return done(client.touch(key, seconds));
    }

    @Override
    public long incr(String key, long by, long initial) {
      return client.incr(key, by, initial);
    }

    @Override
    public long casOf(String key) {
      CASValue<Object> found = client.gets(key);
      return found.getCas();
    }

    @Override
    public boolean cas(String key, byte[] value, long unique) {
      return client.cas(key, unique, value) == CASResponse.OK;
    }

    @Override
    public void close() {
      client.shutdown();
    }
  }

  /** xmemcached. */
  record Xmemcached(net.rubyeye.xmemcached.MemcachedClient client) implements BinaryJavaClient {

    @Override
    public boolean set(String key, byte[] value) throws Exception {
      return client.set(key, 0, value);
    }

    @Override
    public byte @Nullable [] get(String key) throws Exception {
      return client.get(key);
    }

    @Override
    public boolean add(String key, byte[] value) throws Exception {
      return client.add(key, 0, value);
    }

    @Override
    public boolean append(String key, byte[] value) throws Exception {
      return client.append(key, value);
    }

    @Override
    public boolean delete(String key) throws Exception {
      return client.delete(key);
    }

    @Override
    public boolean touch(String key, int seconds) throws Exception {
      return client.touch(key, seconds);
    }

    @Override
    public long incr(String key, long by, long initial) throws Exception {
      return client.incr(key, by, initial);
    }

    @Override
    public long casOf(String key) throws Exception {
      GetsResponse<byte[]> found = client.gets(key);
      return found.getCas();
    }

    @Override
    public boolean cas(String key, byte[] value, long unique) throws Exception {
      return client.cas(key, 0, value, unique);
    }

    @Override
    public void close() throws IOException {
      client.shutdown();
    }
  }
}
