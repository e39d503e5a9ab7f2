package dev.flagstone.e2e.kit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One look at {@code /metrics}. */
public final class Metrics {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final Map<String, Double> samples;

  private Metrics(Map<String, Double> samples) {
    this.samples = samples;
  }

  static Metrics scrape(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
    HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(url + " answers " + response.statusCode());
    }
    Map<String, Double> samples = new LinkedHashMap<>();
    for (String line : response.body().lines().toList()) {
      if (!line.startsWith("#") && !line.isBlank()) {
        int space = line.lastIndexOf(' ');
        samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
      }
    }
    return new Metrics(samples);
  }

  /** The sum of all samples of a metric, whatever their labels; fails if there is none. */
  public long sum(String name) {
    return sum(name, "");
  }

  /** The sum of those samples whose labels contain this text. */
  public long sum(String name, String label) {
    double[] found =
        samples.entrySet().stream()
            .filter(
                sample -> sample.getKey().equals(name) || sample.getKey().startsWith(name + "{"))
            .filter(sample -> sample.getKey().contains(label))
            .mapToDouble(Map.Entry::getValue)
            .toArray();
    if (found.length == 0) {
      throw new AssertionError("no metric " + name + " among " + samples.keySet());
    }
    double sum = 0;
    for (double value : found) {
      sum += value;
    }
    return Math.round(sum);
  }
}
