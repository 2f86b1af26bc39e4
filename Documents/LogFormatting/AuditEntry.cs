namespace Shop.Documents.LogFormatting;

/// <summary>One request: who asked for what, and the answer.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="Level">How serious it is.</param>
/// <param name="Category">The name of its route.</param>
/// <param name="Customer">The customer; <c>-</c> if there is none.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Status">The status code of the answer.</param>
/// <param name="Path">The path.</param>
/// <param name="Agent">The client, as it calls itself: the last field, because it may contain spaces.</param>
internal readonly record struct AuditEntry(
    DateTimeOffset Time, LogLevel Level, string Category, AuditText Customer, AuditText Method, int Status, AuditText Path,
    AuditText Agent);
