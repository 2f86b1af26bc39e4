using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Lab.Drills;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DrillView))]
[JsonSerializable(typeof(DrillStart))]
[JsonSerializable(typeof(DrillAnswer))]
[JsonSerializable(typeof(DrillReply))]
[JsonSerializable(typeof(DrillProblem))]
internal sealed partial class DrillJson : JsonSerializerContext;
