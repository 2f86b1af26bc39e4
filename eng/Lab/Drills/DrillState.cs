using System.Text.Json.Serialization;

namespace Shop.Lab.Drills;

/// <summary>The state of the drill.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DrillState>))]
public enum DrillState
{
    /// <summary>There has been none yet.</summary>
    Off,
    /// <summary>The services hide their cases.</summary>
    On,
    /// <summary>It was solved or given up.</summary>
    Ended,
}
