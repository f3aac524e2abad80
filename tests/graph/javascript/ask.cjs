// Asks a graph with TinkerPop's own JavaScript driver and prints what it hears as one line of JSON.
const gremlin = require("gremlin");
const { P, order, t, statics } = { ...gremlin.process, statics: gremlin.process.statics };

async function main([url, password, mimeType]) {
  const authenticator = new gremlin.driver.auth.PlainTextSaslAuthenticator("ann", password);
  const options = { traversalSource: "g", authenticator, mimeType, rejectUnauthorized: false };
  const connection = new gremlin.driver.DriverRemoteConnection(url, options);
  const client = new gremlin.driver.Client(url, options);
  const g = gremlin.process.AnonymousTraversalSource.traversal().withRemote(connection);
  try {
    const found = {
      count: (await g.V().count().next()).value,
      older: await g.V().has("age", P.gt(1).and(P.within(1, 2, 3))).order().by("age", order.desc).values("age").toList(),
      path: (await g.V("e_1").out("KNOWS").path().by(t.id).next()).value.objects,
      map: [...(await g.V("e_0").project("a", "b").by("age").by(statics.outE().count()).next()).value.entries()],
      vertex: (await g.V("e_2").next()).value.id,
      text: (await client.submit("g.V().has('age', lt(n)).values('age')", { n: 2 })).toArray(),
    };
    await g.V("e_3").property("seen", "javascript").iterate();
    found.seen = (await g.V("e_3").values("seen").next()).value;
    found.refused = await client.submit("g.V().nothing()").then(() => null, (error) => error.statusCode);
    console.log(JSON.stringify(found));
  } finally {
    await connection.close();
    await client.close();
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
