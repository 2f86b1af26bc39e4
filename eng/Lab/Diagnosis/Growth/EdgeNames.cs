namespace Shop.Lab.Diagnosis.Growth;

/// <summary>
/// The names of fields, the same in all snapshots of a process: ClrMD knows the type of an array's elements at one time and not at
/// another, and a path that changes its name would neither grow nor be found again.
/// </summary>
internal sealed class EdgeNames
{
    private readonly Dictionary<(string Type, int Slot), string> _names = [];

    /// <summary>The name that a slot was given first.</summary>
    public string Of(string type, int slot, Func<string> describe)
        => _names.TryGetValue((type, slot), out var name) ? name : _names[(type, slot)] = string.Intern(describe());
}
