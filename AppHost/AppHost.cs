using Shop.AppHost;
using Shop.ServiceDefaults;

StrictConfiguration.Apply(typeof(DistributedApplicationException));
var builder = DistributedApplication.CreateBuilder(args);
builder.KeepTelemetryKeys();

var labKey = builder.AddParameter("lab-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true);

var postgres = builder.AddPostgres("postgres").WithImageTag("18.4").KeepDataIn("postgres");
var redis = builder.AddRedis("redis").WithImageTag("7.4").KeepDataIn("redis");
// Nothing waits for the bus: the services wait for it themselves, as in an outage, and start while it does.
var bus = builder.AddRabbitMQ("bus").WithImageTag("3.13").KeepDataIn("bus");

var gateway = builder.AddProject<Projects.Gateway>("gateway", launchProfileName: null)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health");

var sessions = builder.AddProject<Projects.Sessions>("sessions", launchProfileName: null)
    .WithHttpEndpoint(port: 5101)
    .WithHttpHealthCheck("/health")
    .WithReference(redis).WaitFor(redis)
    .WithReference(bus)
    .WithCaseCommands(labKey);

var orders = builder.AddProject<Projects.Orders>("orders", launchProfileName: null)
    .WithHttpEndpoint(port: 5102)
    .WithHttpHealthCheck("/health")
    .WithReference(postgres.AddDatabase("orders-db", "orders")).WaitFor(postgres)
    .WithReference(redis).WaitFor(redis)
    .WithReference(bus)
    .WithReference(sessions)
    .WithCaseCommands(labKey);

var payments = builder.AddProject<Projects.Payments>("payments", launchProfileName: null)
    .WithHttpEndpoint(port: 5103)
    .WithHttpHealthCheck("/health")
    .WithReference(postgres.AddDatabase("payments-db", "payments")).WaitFor(postgres)
    .WithReference(redis).WaitFor(redis)
    .WithReference(bus)
    .WithReference(sessions)
    .WithReference(gateway)
    .WithCaseCommands(labKey)
    .WithSettingCommand(labKey);

var documents = builder.AddProject<Projects.Documents>("documents", launchProfileName: null)
    .WithHttpEndpoint(port: 5104)
    .WithHttpHealthCheck("/health")
    .WithReference(postgres.AddDatabase("documents-db", "documents")).WaitFor(postgres)
    .WithReference(redis).WaitFor(redis)
    .WithReference(bus)
    .WithReference(sessions)
    .KeepThumbnailsIn("thumbnails")
    .WithCaseCommands(labKey);

builder.AddProject<Projects.Lab>("lab", launchProfileName: null)
    .WithArgs("page")
    .WithHttpEndpoint(port: 5100)
    .WithHttpHealthCheck("/health")
    .WithReference(sessions).WithReference(orders).WithReference(payments).WithReference(documents)
    .WithEnvironment("Lab__Key", labKey)
    .WithKeyInLink(labKey)
    .WithLoadCommands(labKey);

builder.ReplicateServices(sessions, orders, payments, documents);
builder.AddMonitoring();
builder.AvoidTakenPorts();
builder.RunServicesDirectly();
builder.ConfigureTelemetry();
builder.RunServers();

builder.Build().Run();
