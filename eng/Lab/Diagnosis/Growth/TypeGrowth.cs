namespace Shop.Lab.Diagnosis.Growth;

/// <summary>A type whose reachable objects became more. It tells what grows, not what holds it.</summary>
/// <param name="Type">The type, without namespaces.</param>
/// <param name="Count">Its objects in the last snapshot.</param>
/// <param name="AddedCount">How many more they are than in the first.</param>
/// <param name="Bytes">Bytes of the objects alone.</param>
/// <param name="AddedBytes">How many more than in the first.</param>
internal sealed record TypeGrowth(string Type, long Count, long AddedCount, long Bytes, long AddedBytes);
