using System.Text.Json.Serialization;

namespace Shop.Lab.Drills;

/// <summary>The outcome of an answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DrillVerdict>))]
internal enum DrillVerdict
{
    /// <summary>Service, case and root are not those of a case of the drill. Which of them is wrong is not said.</summary>
    Wrong,
    /// <summary>One of the cases was found.</summary>
    Right,
    /// <summary>This case had been found already; it is no guess.</summary>
    Repeated,
}
