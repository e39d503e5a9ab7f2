
// What the client of PHP's guide has to do; appended to the snippet, which has made $client.

function equal($actual, $expected, string $what): void
{
    if ($actual !== $expected) {
        throw new Exception("$what: " . substr(var_export($actual, true), 0, 200)
            . ' is not ' . substr(var_export($expected, true), 0, 200));
    }
}

function exercise_items(Memcached $client): void
{
    $client->setOption(Memcached::OPT_COMPRESSION, false);
    mt_srand(7);
    $tricky = "\r\nEND\r\nVALUE item1 0 1\r\nx\r\nflush_all\r\n\0";
    $expected = [];
    for ($i = 0; $i < 3000; $i++) {
        $size = 1 + (int) ((mt_rand() / mt_getrandmax()) ** 3 * 20 * 1024);
        $expected["item$i"] = $i % 4 === 0
            ? substr(str_repeat($tricky, intdiv($size, strlen($tricky)) + 1), 0, $size)
            : random_bytes($size);
    }
    foreach ($expected as $key => $value) {
        equal($client->set($key, $value), true, $key);
    }
    foreach ($expected as $key => $value) {
        equal($client->get($key), $value, $key);
    }
    foreach (array_chunk($expected, 500, true) as $some) {
        $found = $client->getMulti(array_keys($some), Memcached::GET_PRESERVE_ORDER);
        equal($found, $some, 'getMulti');
    }
    exercise_commands($client);
    echo 'stored and read ', count($expected), " items\n";
}

function exercise_commands(Memcached $client): void
{
    $client->deleteMulti(['n', 'c', 'new']);
    equal($client->increment('n', 1, 5), 5, 'increment with an initial value');
    equal($client->increment('n', 37), 42, 'increment');
    equal($client->decrement('n', 50), 0, 'decrement');
    $client->set('c', 'theirs');
    $found = $client->get('c', null, Memcached::GET_EXTENDED);
    equal($client->cas($found['cas'], 'c', 'mine'), true, 'cas');
    equal($client->cas($found['cas'], 'c', 'late'), false, 'late cas');
    equal($client->getResultCode(), Memcached::RES_DATA_EXISTS, 'the reason of a late cas');
    equal($client->append('c', '+'), true, 'append');
    equal($client->prepend('c', '-'), true, 'prepend');
    equal($client->get('c'), '-mine+', 'get after append');
    equal($client->add('c', 'x'), false, 'add of what is there');
    equal($client->add('new', 'x'), true, 'add');
    equal($client->replace('none', 'x'), false, 'replace of nothing');
    equal($client->touch('c', 100), true, 'touch');
    equal($client->delete('new'), true, 'delete');
    equal($client->delete('new'), false, 'delete of nothing');
    equal($client->get('new'), false, 'get of what was deleted');
    equal($client->getResultCode(), Memcached::RES_NOTFOUND, 'the reason of a miss');
}

function exercise_wrong_password(Memcached $client): void
{
    for ($i = 0; $i < 3; $i++) {
        equal($client->get('some'), false, 'get with a wrong password');
        if ($client->getResultCode() === Memcached::RES_NOTFOUND) {
            throw new Exception('a wrong password gets in');
        }
        $codes[] = $client->getResultMessage();
    }
    echo 'refused: ', $codes[0], "\n";
}

function exercise_failover(Memcached $client): void
{
    for ($i = 0; $i < 200; $i++) {
        $client->set("moved$i", "value$i");
    }
    $wish = getenv('STOP_RELAY');
    touch($wish);
    do {
        usleep(10_000);
        clearstatcache();
    } while (file_exists($wish));
    $deadline = microtime(true) + 15;
    do {
        $back = 0;
        for ($i = 0; $i < 200; $i++) {
            $back += $client->get("moved$i") === "value$i" ? 1 : 0;
        }
        if ($back < 200 && microtime(true) > $deadline) {
            throw new Exception("the items do not come back: $back, " . $client->getResultMessage());
        }
    } while ($back < 200);
    echo "moved\n";
}

match (getenv('EXERCISE')) {
    'items' => exercise_items($client),
    'wrong-password' => exercise_wrong_password($client),
    'failover' => exercise_failover($client),
};
