namespace Shop.Lab.Proof.Running;

/// <summary>The backends of one service of a proof, which no other service uses.</summary>
/// <param name="Database">Connection string of its database.</param>
/// <param name="Redis">Connection string of its Redis database.</param>
/// <param name="Bus">Address of its virtual host.</param>
/// <param name="Broker">The virtual host.</param>
internal sealed record IsolatedBackends(string Database, string Redis, Uri Bus, VirtualHost Broker);
