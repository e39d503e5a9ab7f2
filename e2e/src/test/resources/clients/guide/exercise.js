// What the client of the Node.js guide has to do; appended to the snippet, which has made `client`.
const assert = require("node:assert");
const crypto = require("node:crypto");
const fs = require("node:fs");

async function exerciseItems() {
  await greet();
  const tricky = Buffer.from("\r\nEND\r\nVALUE item1 0 1\r\nx\r\nflush_all\r\n\0");
  const expected = new Map();
  for (let i = 0; i < 3000; i++) {
    const size = 1 + Math.floor(Math.random() ** 3 * 20 * 1024);
    expected.set(`item${i}`, i % 4 ? crypto.randomBytes(size) : Buffer.alloc(size, tricky));
  }
  const keys = [...expected.keys()];
  for (let i = 0; i < keys.length; i += 200) {
    const some = keys.slice(i, i + 200);
    await Promise.all(
      some.map(async (key) => assert.equal(await client.set(key, expected.get(key), {}), true)),
    );
    await Promise.all(
      some.map(async (key) =>
        assert.ok((await client.get(key)).value.equals(expected.get(key)), key),
      ),
    );
  }
  await exerciseCommands();
  console.log(`stored and read ${expected.size} items`);
}

async function text(key) {
  const { value } = await client.get(key);
  return value && value.toString();
}

async function exerciseCommands() {
  for (const key of ["n", "c", "new"]) await client.delete(key);
  assert.equal((await client.increment("n", 1, { initial: 5 })).value, 5);
  assert.equal((await client.increment("n", 37, {})).value, 42);
  assert.equal((await client.decrement("n", 50, {})).value, 0);
  await client.set("c", "mine", {});
  assert.equal(await client.append("c", "+"), true);
  assert.equal(await text("c"), "mine+");
  assert.equal(await client.add("c", "x", {}), false);
  assert.equal(await client.add("new", "x", {}), true);
  assert.equal(await client.replace("none", "x", {}), false);
  assert.equal(await client.touch("c", 100), true);
  assert.equal(await client.delete("new"), true);
  assert.equal(await client.delete("new"), false);
  assert.equal(await text("new"), null);
}

async function exerciseWrongPassword() {
  const errors = [];
  for (let i = 0; i < 2; i++) {
    await assert.rejects(client.get("some"), (error) => {
      errors.push(error.message);
      return true;
    });
  }
  console.log(`refused: ${errors[0]}`);
}

async function exerciseFailover() {
  const keys = Array.from({ length: 200 }, (_, i) => `moved${i}`);
  for (const key of keys) await client.set(key, key, {});
  const wish = process.env.STOP_RELAY;
  fs.writeFileSync(wish, "");
  while (fs.existsSync(wish)) await new Promise((done) => setTimeout(done, 10));
  const deadline = Date.now() + 15_000;
  for (let back = 0; back < keys.length; ) {
    back = 0;
    for (const key of keys) {
      back += (await text(key).catch(() => null)) === key ? 1 : 0;
    }
    assert.ok(back === keys.length || Date.now() < deadline, "the items do not come back");
  }
  console.log("moved");
}

const exercises = {
  items: exerciseItems,
  "wrong-password": exerciseWrongPassword,
  failover: exerciseFailover,
};
exercises[process.env.EXERCISE]().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
