# What the clients of Ruby's guide have to do; appended to a snippet that has made `client`.
Dalli.logger.level = Logger::FATAL

def equal(actual, expected, what)
  raise "#{what}: #{actual.inspect[0, 200]} is not #{expected.inspect[0, 200]}" unless actual == expected
end

# Dalli 3.0.6 cannot do it over TLS.
def get_multi(client, keys)
  return client.get_multi(*keys) unless ENV["EXERCISE_TLS"]

  keys.to_h { |key| [key, client.get(key)] }
end

def exercise_items(client)
  random = Random.new(7)
  tricky = "\r\nEND\r\nVALUE item1 0 1\r\nx\r\nflush_all\r\n\0".b
  expected = (0...3000).to_h do |i|
    size = 1 + (random.rand**3 * 20 * 1024).to_i
    ["item#{i}", i % 4 == 0 ? (tricky * (size / tricky.size + 1))[0, size] : random.bytes(size)]
  end
  expected.each { |key, value| equal(!!client.set(key, value, nil, raw: true), true, key) }
  expected.each { |key, value| equal(client.get(key).b, value, key) }
  expected.keys.each_slice(500) do |keys|
    equal(get_multi(client, keys).transform_values(&:b), expected.slice(*keys), "get_multi")
  end
  exercise_commands(client)
  puts "stored and read #{expected.size} items"
end

def exercise_commands(client)
  %w[n c new].each { |key| client.delete(key) }
  equal(client.incr("n", 1, nil, 5), 5, "incr with an initial value")
  equal(client.incr("n", 37), 42, "incr")
  equal(client.decr("n", 50), 0, "decr")
  equal(client.incr("none", 1), nil, "incr of nothing")
  client.set("c", "theirs", nil, raw: true)
  _, unique = client.get_cas("c")
  equal(!!client.set_cas("c", "mine", unique, nil, raw: true), true, "cas")
  equal(client.set_cas("c", "late", unique, nil, raw: true), false, "late cas")
  equal(client.append("c", "+"), true, "append")
  equal(client.prepend("c", "-"), true, "prepend")
  equal(client.get("c"), "-mine+", "get after append")
  equal(client.add("c", "x"), false, "add of what is there")
  equal(!!client.add("new", "x"), true, "add")
  equal(client.replace("none", "x"), 0, "replace of nothing") # as with memcached
  equal(client.touch("c", 100), true, "touch")
  equal(client.gat("c", 100), "-mine+", "gat")
  equal(client.delete("new"), true, "delete")
  equal(client.delete("new"), false, "delete of nothing")
  client.multi { 100.times { |i| client.set("quiet#{i}", i) } }
  equal(get_multi(client, (0...100).map { |i| "quiet#{i}" }).values.sum, 4950, "quiet sets")
  equal(client.version.values.first.start_with?("1.6."), true, "version")
end

def exercise_wrong_password(client)
  errors = (1..3).map do
    client.get("some")
    raise "a wrong password gets in"
  rescue Dalli::DalliError => e
    e.class.name
  end
  puts "refused: #{errors.first}"
end

def exercise_failover(client)
  keys = (0...200).map { |i| "moved#{i}" }
  keys.each { |key| client.set(key, key) }
  wish = ENV.fetch("STOP_RELAY")
  File.write(wish, "")
  sleep 0.01 while File.exist?(wish)
  deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + 15
  begin
    back = keys.all? { |key| client.get(key) == key }
    late = Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline
    raise "the items do not come back" if late && !back
  rescue Dalli::DalliError
    raise if Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline
  end until back
  puts "moved"
end

case ENV.fetch("EXERCISE")
when "items" then exercise_items(client)
when "wrong-password" then exercise_wrong_password(client)
when "failover" then exercise_failover(client)
end
