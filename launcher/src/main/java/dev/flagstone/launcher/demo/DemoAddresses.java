package dev.flagstone.launcher.demo;

/**
 * Where a client on this machine reaches the demo cache.
 *
 * @param memcacheServer the authenticated listener, as {@code host:port}
 * @param boundServer the bound listener, as {@code host:port}
 * @param metricsUrl the page with the process's metrics
 */
public record DemoAddresses(String memcacheServer, String boundServer, String metricsUrl) {}
