namespace Shop.Lab.Page.Cases.Runs;

/// <summary>The commands of the Lab that the page runs.</summary>
internal enum RunKind
{
    /// <summary><c>prove</c>.</summary>
    Prove,
    /// <summary><c>diagnose</c>.</summary>
    Diagnose,
}
