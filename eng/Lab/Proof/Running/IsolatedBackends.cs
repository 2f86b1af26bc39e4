namespace Shop.Lab.Proof.Running;

/// <summary>The backends of one service of a proof, which no other service uses.</summary>
/// <param name="Database">Connection string of its database.</param>
/// <param name="Redis">Connection string of its Redis database.</param>
/// <param name="Broker">Its virtual host.</param>
internal sealed record IsolatedBackends(string Database, string Redis, VirtualHost Broker);
