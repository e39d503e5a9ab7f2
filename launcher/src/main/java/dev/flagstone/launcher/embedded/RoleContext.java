package dev.flagstone.launcher.embedded;

import dev.flagstone.proxy.socket.TlsSource;
import dev.flagstone.slot.KeyHash;
import dev.flagstone.tenancy.CacheDirectory;
import dev.flagstone.tenancy.CacheId;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * What the process offers its roles.
 *
 * @param vertx with {@code options.loops()} event loops
 * @param meters where metrics are counted
 * @param directory the caches and credentials, kept up to date
 * @param demo the cache that the bound listener serves
 * @param keyHash the hash of this cluster, whose seed was drawn at this start
 * @param options what the operator chose
 * @param certificates those of the TLS listeners, or null if there are none
 */
public record RoleContext(
    Vertx vertx,
    MeterRegistry meters,
    CacheDirectory directory,
    CacheId demo,
    KeyHash keyHash,
    RunOptions options,
    @Nullable TlsSource certificates) {}
