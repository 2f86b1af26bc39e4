using Shop.Payments;
using Shop.Payments.Charging;
using Shop.Payments.CustomerLookup;
using Shop.Payments.Data;
using Shop.Payments.GcSettings;
using Shop.Payments.PaymentGateway;
using Shop.Payments.PaymentHistory;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Admission;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddCases()
    .Add<CustomerLookupCase>()
    .Add<GcSettingsCase>()
    .Add<PaymentGatewayCase>()
    .Add<PaymentHistoryCase>()
    .Add<PaymentPayloadCase>();
builder.AddCustomers();
builder.AddDatabase<PaymentsDb>("payments-db");
builder.AddGatewayClient();
builder.AddMessageBus(bus => bus.AddCharging());

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapLab();
app.UseAdmission();
app.UseCustomers();
app.UseCases();
app.MapPayments();

await app.RunAsync();
